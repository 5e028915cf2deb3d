import { expect, test } from '@jest/globals';
import { runFiles } from './support.ts';
import { tabulate } from './table.ts';

const VAULT = '$ANSIBLE_VAULT;1.1;AES256\n6138\n';

tabulate('encrypted content is never taken for the content', [
  {
    name: 'in a lookup',
    args: ['-l', 'a'],
    files: { 'files/secret': VAULT },
    tasks: "- debug: {msg: \"{{ lookup('file', 'secret') }}\"}",
    lines: ['no vault secrets found'],
    code: 2,
  },
  {
    name: 'in copy',
    args: ['-l', 'a', '--check'],
    files: { 'files/secret': VAULT },
    tasks: '- copy: {src: secret, dest: /nowhere/at/all}',
    lines: ['no vault secrets found'],
    code: 2,
  },
]);

test('a vaulted playbook is refused', async () => {
  await expect(runFiles({ 'play.yml': VAULT })).rejects.toThrow(/is encrypted/);
});
