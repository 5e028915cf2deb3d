import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { tsplay } from '../../lab/tsplay.ts';

const folder = mkdtempSync(join(tmpdir(), 'undo-applied-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a rollback of a plan that was carried out runs the undo tasks of its phases', async () => {
  const [site, plan, made] = ['site.yml', 'plan.json', 'made'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(
    site,
    `- hosts: all
  gather_facts: false
  tasks:
    - phase: {name: making, undo: [{command: rm ${made}}]}
      block:
        - command: touch ${made}
        - copy: {content: a, dest: ${made}-too}
`,
  );
  expect(await tsplay('plan', site, '-i', 'a,', '-c', 'local', '-o', plan)).toMatchObject({ code: 0 });
  expect(await tsplay('apply', plan)).toMatchObject({ code: 0 });
  expect([made, `${made}-too`].map((path) => existsSync(path))).toEqual([true, true]);
  expect(await tsplay('rollback', '--yes')).toMatchObject({ code: 0, stderr: '' });
  expect([made, `${made}-too`].map((path) => existsSync(path))).toEqual([false, false]);
});
