import { expect, test } from '@jest/globals';
import { messages, runFiles } from './support.ts';

test('passwords of hosts are hidden though no connection needed them', async () => {
  const ran = await runFiles({
    'play.yml': `
- hosts: a
  gather_facts: false
  tasks:
    - debug: {msg: "{{ ansible_become_pass }} {{ ansible_password }} {{ ansible_ssh_private_key_passphrase }} end"}
`,
    'group_vars/all.yml': `
ansible_become_pass: CanaryOne
half: Canary
ansible_password: "{{ half }}Two"
ansible_ssh_private_key_passphrase: CanaryThree
`,
  });
  expect(messages(ran)).toEqual(['a: ******** ******** ******** end']);
});
