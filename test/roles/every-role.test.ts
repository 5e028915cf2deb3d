import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { builtProgram } from '../lab/program.ts';
import { run } from '../lab/run.ts';
import { scenarios } from './scenario.ts';

const ROLES = resolve('roles');

interface Option {
  readonly type?: string;
  readonly choices?: readonly string[];
  readonly required?: boolean;
}

const roles = readdirSync(ROLES);

test('every role has a scenario that converges and verifies it', () => {
  const whole = scenarios(ROLES).filter((each) => each.playbook('converge') && each.playbook('verify'));
  expect([...new Set(whole.map(({ role }) => role))].sort()).toEqual([...roles].sort());
});

test.each(roles)('%s describes its arguments, and has a page made of them', (role) => {
  expect(Object.keys(optionsOf(role))).not.toEqual([]);
  expect(existsSync(join('docs/roles', `${role}.md`))).toBe(true);
});

describe('tsplay role NAME', () => {
  const state = mkdtempSync(join(tmpdir(), 'role-'));
  afterAll(() => rmSync(state, { recursive: true }));

  // Here and not on a lab host: a role whose arguments are wrong looks at nothing and changes nothing.
  test.each(roles)('checks the arguments of %s, and says which lack and which are wrong', async (role) => {
    const options = optionsOf(role);
    const [name, value] = mistake(options);
    const args = ['role', role, 'localhost', '-i', 'localhost,', '-c', 'local', '--check', '-e'];
    const env = { ...process.env, ANSIBLE_ROLES_PATH: ROLES, TSPLAY_STATE_DIR: state };
    const answer = await run(process.execPath, [builtProgram(), ...args, JSON.stringify({ [name]: value })], '', env);
    expect(answer).toMatchObject({ code: 2, stdout: expect.stringContaining('Validation of arguments failed') });
    const [, errors] = /"argument_errors": (\[.*?\]), "argument_spec_data"/.exec(answer.stdout) ?? [];
    const required = Object.keys(options).filter((each) => options[each]?.required && each !== name);
    expect(JSON.parse(errors ?? '[]')).toEqual([
      ...(required.length > 0 ? [`missing required arguments: ${required.sort().join(', ')}`] : []),
      expect.stringContaining(name),
    ]);
  });
});

function optionsOf(role: string): Readonly<Record<string, Option>> {
  const file = join(ROLES, role, 'meta', 'argument_specs.yml');
  return parse(readFileSync(file, 'utf8')).argument_specs.main.options ?? {};
}

/** An argument, and a value that its description does not allow. */
function mistake(options: Readonly<Record<string, Option>>): [string, string] {
  for (const [name, { type = '', choices }] of Object.entries(options))
    if (choices || ['int', 'bool', 'dict'].includes(type)) return [name, 'neither'];
  throw new Error('no argument can be wrong');
}
