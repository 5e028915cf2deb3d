import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { lintPaths } from '../../src/engine/lint/lint.ts';
import { onlyTsplay } from '../../src/engine/lint/rules/only-tsplay.ts';
import { actionTable } from '../../src/engine/modules/registry.ts';
import { hasPlugin } from '../../src/engine/template/registry.ts';
import { run } from '../lab/run.ts';
import { describeWith } from '../lab/with-program.ts';
import { ROLES } from './on-scenario.ts';
import { describeSameAsAnsible } from './same-as-ansible.ts';
import { scenarios } from './scenario.ts';

/** Roles to converge with Ansible: cheap ones, or those that scripts/same-as-ansible names. */
const CONVERGED = (process.env['TSPLAY_ROLES'] ?? 'kubeconfig-manager').split(' ').filter(Boolean);

const PLAYBOOKS = ['playbooks', 'playbooks/k0s'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yml') && name !== 'Taskfile.yml')
    .map((name) => join(folder, name)),
);

describe('playbooks', () => {
  test.each(PLAYBOOKS)('%s says whether it needs tsplay', async (path) => {
    const [head = ''] = readFileSync(path, 'utf8').split('\n- ');
    expect(/\bNeeds tsplay\b/.test(head)).toBe(!(await isPlain(path)));
  });
});

describeWith('ansible-playbook', 'as Ansible reads them', () => {
  test('playbooks that are plain', async () => {
    const plain = await plainOf(PLAYBOOKS);
    expect(plain.length).toBeGreaterThan(0);
    await syntaxCheck(...plain);
  });

  test('all files of roles that are plain', async () => {
    const plain = await plainOf(readdirSync(ROLES).map((role) => join('roles', role)));
    expect(plain.length).toBeGreaterThan(0);
    const folder = mkdtempSync(join(tmpdir(), 'plain-'));
    try {
      const plays = plain.map((role) => ({ hosts: 'all', tasks: filesOfTasks(role).map(importOf) }));
      writeFileSync(join(folder, 'site.yml'), stringify(plays));
      await syntaxCheck(join(folder, 'site.yml'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describeWith('ansible-playbook', 'converged by Ansible and tsplay', () => {
  const chosen = scenarios(ROLES).filter(({ role }) => CONVERGED.includes(role));
  for (const scenario of chosen) describeSameAsAnsible(scenario);
});

async function isPlain(path: string): Promise<boolean> {
  const hasLookup = (name: string) => hasPlugin('lookup', name);
  const reading = { actions: actionTable, hasLookup, rolePaths: [ROLES], collectionsPaths: [] };
  return (await lintPaths([path], { reading, rules: [onlyTsplay] })).length === 0;
}

async function plainOf(paths: readonly string[]): Promise<string[]> {
  const plain = await Promise.all(paths.map(isPlain));
  return paths.filter((_, at) => plain[at]);
}

/** Those too that nothing imports: Ansible itself reads what is included only when a run comes to it. */
function filesOfTasks(role: string): { role: string; from: string }[] {
  const files = readdirSync(join(role, 'tasks'), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.yml')).map((from) => ({ role: relative('roles', role), from }));
}

function importOf({ role, from }: { role: string; from: string }) {
  return { 'ansible.builtin.import_role': { name: role, tasks_from: from } };
}

async function syntaxCheck(...playbooks: string[]): Promise<void> {
  // Some playbooks ask for the node they are for.
  const options = ['--syntax-check', '-i', 'localhost,', '-e', 'node=all k0s_node=all'];
  const env = { ...process.env, ANSIBLE_ROLES_PATH: ROLES };
  const { code, stdout, stderr } = await run('ansible-playbook', [...options, ...playbooks], '', env);
  if (code !== 0) throw new Error(stdout + stderr);
}
