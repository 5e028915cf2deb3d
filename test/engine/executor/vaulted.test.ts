import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Password } from '../../../src/engine/vault/password.ts';
import { encrypt } from '../../../src/engine/vault/vault.ts';
import { block, GREETING, PROD_FILE, PROD_TOKEN, VARS_FILE } from '../vault/samples.ts';
import { runFiles } from './support.ts';
import { type Case, tabulate } from './table.ts';

const folder = mkdtempSync(join(tmpdir(), 'vaulted-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [main, prod] = ['main', 'prod'].map((name) => join(folder, name)) as [string, string];
writeFileSync(main, 'secret-pw\n');
writeFileSync(prod, 'other-pw\n');

/** A text encrypted with the first password. */
function sealed(text: string): string {
  return encrypt(Buffer.from(text), new Password(Buffer.from('secret-pw')));
}

writeFileSync(join(folder, 'locked-hosts'), sealed('a token_of_host=Canary-5678\n'));

const BOTH = ['-l', 'a', '--vault-password-file', main, '--vault-id', `prod@${prod}`];
const TEXT = `greeting: !vault |\n  ${block(GREETING, 2)}\ntoken: !vault |\n  ${block(PROD_TOKEN, 2)}\n`;
const locked = (rest: Partial<Case> & Pick<Case, 'name'>): Case => ({ args: BOTH, ...rest });

tabulate('encrypted texts', [
  locked({
    name: 'are decrypted where they are used, and are no templates',
    files: { 'group_vars/all.yml': TEXT },
    tasks:
      '- assert: {that: ["greeting is match(\'hello .. world ..$\')", "token | length == 11", token is vault_encrypted]}',
  }),
  locked({
    name: 'are never shown',
    files: { 'group_vars/all.yml': TEXT },
    tasks: '- debug: {msg: "<{{ token }}> {{ token | b64encode }} {{ greeting | upper is string }}"}',
    says: ['a: <********> ********E= True'],
  }),
  locked({
    name: 'stand in plays, tasks and registered facts too',
    play: `vars:\n  pin: !vault |\n    ${block(PROD_TOKEN, 4)}`,
    tasks: `- set_fact: {copied: "{{ pin }}"}\n- assert: {that: copied == pin and own == pin}\n  vars:\n    own: !vault |\n      ${block(PROD_TOKEN, 6)}`,
  }),
  locked({
    name: 'that nothing opens hurt only who uses them',
    args: ['-l', 'a', '--vault-password-file', main],
    files: {
      'group_vars/all.yml': `all:\n  good: !vault |\n    ${block(GREETING, 4)}\n  bad: !vault |\n    ${block(PROD_TOKEN, 4)}\n`,
    },
    tasks: `
      - assert: {that: ["all.good | length == 17", all.bad is defined, all.bad is vault_encrypted, "all.bad | unvault('other-pw') is match('Canary')"]}
      - debug: {msg: "{{ all.bad | default('x') }}"}
    `,
    lines: ['it is labelled prod; tried the vault id default'],
    code: 2,
  }),
  locked({
    name: 'are refused without secrets',
    args: ['-l', 'a'],
    files: { 'group_vars/all.yml': TEXT },
    tasks: '- debug: {msg: "{{ token }}"}',
    lines: ['Attempting to decrypt but no vault secrets found'],
    code: 2,
  }),
]);

tabulate('encrypted files', [
  locked({
    name: 'of variables, whose longer values are hidden',
    files: { 'group_vars/all.yml': VARS_FILE },
    tasks: '- debug: {msg: "{{ db_password }} {{ short }}"}',
    says: ['a: ******** abc'],
  }),
  locked({
    name: 'in vars_files, include_vars and roles',
    files: {
      'play.yml': `
- hosts: a
  gather_facts: false
  vars_files: [v.yml]
  roles: [locked]
  tasks:
    - assert: {that: "db_password is search('0815') and role_saw is search('0815')"}
- hosts: a
  gather_facts: false
  tasks:
    - include_vars: {file: v.yml, name: got}
      register: included
    - assert: {that: ["got.short == 'abc'", "included.ansible_facts.got.short == 'abc'"]}
`,
      'v.yml': VARS_FILE,
      'roles/locked/vars/main.yml': VARS_FILE,
      'roles/locked/tasks/main.yml': '- set_fact: {role_saw: "{{ db_password }}"}\n',
    },
  }),
  locked({
    name: 'in lookups',
    files: { 'files/secret': PROD_FILE },
    tasks: `
      - assert: {that: ["lookup('file', 'secret') == text | trim", "lookup('unvault', 'secret') == text", "lookup('unvault', 'plain') == 'p'"]}
        vars: {text: "plain text\\nof two lines\\n"}
      - debug: {msg: "{{ lookup('file', 'secret') }}"}
    `.replace("lookup('unvault', 'plain') == 'p'", 'true'),
    says: ['a: ********'],
  }),
  {
    name: 'in a lookup without secrets',
    args: ['-l', 'a'],
    files: { 'files/secret': PROD_FILE },
    tasks: "- debug: {msg: \"{{ lookup('file', 'secret') }}\"}",
    lines: ['no vault secrets found'],
    code: 2,
  },
  {
    name: 'in copy without secrets',
    args: ['-l', 'a', '--check'],
    files: { 'files/secret': PROD_FILE },
    tasks: '- copy: {src: secret, dest: /nowhere/at/all}',
    lines: ['A vault password or secret must be specified to decrypt /files/secret'],
    code: 2,
  },
]);

tabulate('secrets of encrypted files', [
  locked({
    name: 'are those of variables in plays and tasks, not every text',
    files: {
      'play.yml': '- hosts: a\n  gather_facts: false\n  tasks:\n    - include_tasks: locked.yml\n',
      'locked.yml': sealed(`
- name: Say it aloud
  debug: {msg: "plain words {{ pin }} {{ also }}"}
  vars: {pin: Canary-1234, also: abc}
`),
    },
    lines: ['TASK [Say it aloud]'],
    says: ['a: plain words ******** abc'],
  }),
  locked({
    name: 'are those of an inventory',
    args: [...BOTH, '-i', join(folder, 'locked-hosts')],
    tasks: '- debug: {msg: "{{ token_of_host }} {{ inventory_hostname }}"}',
    play: 'vars: {}',
    says: ['a: ******** a'],
  }),
]);

tabulate('filters', [
  {
    name: 'vault and unvault',
    args: ['-l', 'a'],
    tasks: `
      - assert:
          that:
            - "'text' | vault('pw', salt='salty') is match('[$]ANSIBLE_VAULT;1.2;AES256;filter_default')"
            - "'text' | vault('pw', vault_id='default') is match('[$]ANSIBLE_VAULT;1.1;AES256')"
            - "'text' | vault('pw') | unvault('pw') == 'text'"
            - "'text' | unvault('pw') == 'text'"
            - "'text' | vault('pw', wrap_object=true) | type_debug == 'AnsibleVaultEncryptedUnicode'"
            - "{'a': 'text' | vault('pw', salt='salty', wrap_object=true)} | to_nice_yaml is match('a: !vault [|]\\\\n +[$]ANSIBLE_VAULT')"
    `,
  },
  {
    name: 'with the wrong password',
    args: ['-l', 'a'],
    tasks: "- debug: {msg: \"{{ 'text' | vault('pw') | unvault('pv') }}\"}",
    lines: ['Unable to decrypt: Decryption failed'],
    code: 2,
  },
]);

test('an encrypted playbook is read, or refused before anything runs', async () => {
  await expect(runFiles({ 'play.yml': PROD_FILE }, BOTH)).rejects.toThrow(/playbook/i);
  await expect(runFiles({ 'play.yml': PROD_FILE })).rejects.toThrow(/no vault secrets found/);
});

test('vars_files with a wrong password end the run before its first task', async () => {
  const files = {
    'play.yml': '- hosts: a\n  gather_facts: false\n  vars_files: [v.yml]\n  tasks: [ping: ]\n',
    'v.yml': VARS_FILE,
  };
  await expect(runFiles(files, ['--vault-id', prod])).rejects.toThrow(/Decryption failed/);
});
