import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../src/engine/model/errors.ts';
import { Deferred, dict, type Raw, type Value } from '../../../src/engine/model/value.ts';
import { addHost } from '../../../src/engine/modules/add-host.ts';
import { assert } from '../../../src/engine/modules/assert.ts';
import { debug } from '../../../src/engine/modules/debug.ts';
import { fail } from '../../../src/engine/modules/fail.ts';
import { groupBy } from '../../../src/engine/modules/group-by.ts';
import { includeVars } from '../../../src/engine/modules/include-vars.ts';
import { setFact } from '../../../src/engine/modules/set-fact.ts';
import { setStats } from '../../../src/engine/modules/set-stats.ts';
import type { Controller } from '../../../src/engine/modules/types.ts';
import { fakeController, planOf } from './support.ts';

/** An expression with the answer it has. */
class Answered extends Deferred {
  readonly text: string;
  readonly position = undefined;
  readonly answer: Value | TsplayError;
  constructor(text: string, answer: Value | TsplayError) {
    super();
    this.text = text;
    this.answer = answer;
  }
  evaluate(): Value {
    if (this.answer instanceof TsplayError) throw this.answer;
    return this.answer;
  }
}

const evaluate = (raw: Raw): Value => (raw instanceof Answered ? raw.evaluate() : (raw as Value));

function withVariables(vars: Record<string, Value>, rest: Partial<Controller> = {}): Partial<Controller> {
  const { scope } = fakeController();
  return { scope: { ...scope, get: (name) => vars[name] }, evaluate, holds: (raw) => evaluate(raw) === true, ...rest };
}

const undefinedError = new TsplayError('undefined', "'x' is undefined");

describe('debug', () => {
  test.each<[Record<string, Raw>, number, Record<string, Value>]>([
    [{}, 0, { msg: 'Hello world!' }],
    [{ msg: ['a', 1] }, 0, { msg: ['a', 1] }],
    [{ var: new Answered('x.y', 5) }, 0, { 'x.y': 5 }],
    [{ var: new Answered('x', undefinedError) }, 0, { x: 'VARIABLE IS NOT DEFINED!' }],
    [{ var: new Answered('x', undefinedError) }, 1, { x: "VARIABLE IS NOT DEFINED!: 'x' is undefined" }],
    [{ var: new Answered('{{ name }}', 'known') }, 0, { known: 7 }],
    [{ msg: 'x', verbosity: 1 }, 0, { skipped_reason: 'Verbosity threshold not met.' }],
    [{ msg: 'x', verbosity: 1 }, 1, { msg: 'x' }],
  ])('%# %p at -v %p', async (args, verbosity, result) => {
    const { plan } = await planOf(debug, args, {}, withVariables({ known: 7 }, { verbosity }));
    expect(plan.result).toEqual(result);
  });

  test('msg and var exclude each other', async () => {
    const { plan } = await planOf(debug, { msg: 'a', var: new Answered('x', 1) }, {}, withVariables({}));
    expect(plan.failed).toBe("'msg' and 'var' are incompatible options");
  });
});

test('fail says why', async () => {
  expect((await planOf(fail, {})).plan.failed).toBe('Failed as requested from task');
});

describe('assert', () => {
  const yes = new Answered('a == a', true);
  const no = new Answered('a == b', false);

  test.each<[Record<string, Raw>, string | undefined, Record<string, Value>]>([
    [{ that: [yes] }, undefined, { msg: 'All assertions passed' }],
    [{ that: yes, success_msg: 'fine' }, undefined, { msg: 'fine' }],
    [{ that: [yes, no] }, '', { msg: 'Assertion failed', assertion: 'a == b', evaluated_to: false }],
    [{ that: no, fail_msg: ['x', 'y'] }, '', { msg: ['x', 'y'], assertion: 'a == b', evaluated_to: false }],
    [
      { that: new Answered('{{ list }}', [true, false]) },
      '',
      { msg: 'Assertion failed', assertion: false, evaluated_to: false },
    ],
  ])('%#', async (args, failed, result) => {
    const { plan } = await planOf(assert, args, {}, withVariables({}));
    expect([plan.failed, plan.result]).toEqual([failed, result]);
  });

  test('messages are texts', async () => {
    const { plan } = await planOf(assert, { that: yes, fail_msg: 5 }, {}, withVariables({}));
    expect(plan.failed).toBe('Incorrect type for fail_msg, expected a string or list of strings');
  });
});

describe('set_fact', () => {
  test('gives facts, words of truth as booleans', async () => {
    const { plan } = await planOf(setFact, { a: 'yes', b: [1], cacheable: true });
    expect(plan.effects).toEqual([
      {
        kind: 'facts',
        facts: new Map<string, Value>([
          ['a', true],
          ['b', [1]],
        ]),
        cacheable: true,
      },
    ]);
    expect(plan.result).toEqual({ ansible_facts: dict({ a: true, b: [1] }) });
  });

  test.each<[Record<string, Raw>, string]>([
    [{}, 'No key/value pairs provided, at least one is required for this action to succeed'],
    [{ 'a-b': 1 }, "The variable name 'a-b' is not valid. Variables must start"],
  ])('%p', async (args, failed) => {
    expect((await planOf(setFact, args)).plan.failed).toContain(failed);
  });
});

test('set_stats hands its figures on', async () => {
  const { plan } = await planOf(setStats, { data: dict({ n: 1 }), per_host: true });
  expect(plan.effects).toEqual([{ kind: 'stats', data: new Map([['n', 1]]), perHost: true, aggregate: true }]);
});

describe('add_host', () => {
  const inventory = {
    groups: dict({ all: ['old'], web: ['old'] }),
    hostvars: dict({ old: dict({ port: 80 }) }),
  };

  test.each<[Record<string, Raw>, object, boolean]>([
    [
      { name: 'new', groups: 'web, db', port: 80 },
      { name: 'new', groups: ['web', 'db'], vars: new Map([['port', 80]]) },
      true,
    ],
    [{ hostname: 'new:2222' }, { name: 'new', groups: [], vars: new Map([['ansible_ssh_port', 2222]]) }, true],
    [{ name: 'fe80::1' }, { name: 'fe80::1', groups: [], vars: new Map() }, true],
    [{ name: 'old', groups: ['web'], port: 80 }, { name: 'old', groups: ['web'] }, false],
    [{ name: 'old', groups: ['web'], port: 81 }, { name: 'old' }, true],
  ])('%p', async (args, effect, changed) => {
    const { plan } = await planOf(addHost, args, {}, withVariables(inventory));
    expect(plan.effects).toMatchObject([{ kind: 'add-host', ...effect }]);
    expect(plan.changed).toBe(changed);
  });
});

test.each([
  ['os Debian', false],
  ['other', true],
])('group_by %s', async (key, changed) => {
  const { plan } = await planOf(groupBy, { key }, {}, withVariables({ group_names: ['os-Debian'] }));
  expect(plan).toMatchObject({
    changed,
    effects: [{ kind: 'group-by', group: key.replace(' ', '-'), parents: ['all'] }],
  });
});

describe('include_vars', () => {
  const local = mkdtempSync(join(tmpdir(), 'vars-'));
  mkdirSync(join(local, 'all/below'), { recursive: true });
  writeFileSync(join(local, 'one.yml'), 'a: 1\nd: {x: 1}\n');
  writeFileSync(join(local, 'all/a.yml'), 'a: 1\nb: 1\n');
  writeFileSync(join(local, 'all/b.json'), '{"b": 2}');
  writeFileSync(join(local, 'all/c.bak'), 'c: 3\n');
  writeFileSync(join(local, 'all/below/d.yaml'), 'd: 4\n');
  afterAll(() => rmSync(local, { recursive: true }));
  const controller = withVariables({ d: dict({ y: 2 }) }, { find: (_, name) => join(local, name) });

  test.each<[Record<string, Raw>, Record<string, Value>]>([
    [{ _raw_params: 'one.yml' }, { a: 1, d: dict({ x: 1 }) }],
    [{ file: 'one.yml', name: 'all' }, { all: dict({ a: 1, d: dict({ x: 1 }) }) }],
    [
      { file: 'one.yml', hash_behaviour: 'merge' },
      { a: 1, d: dict({ y: 2, x: 1 }) },
    ],
    [
      { dir: 'all', ignore_unknown_extensions: true },
      { a: 1, b: 2, d: 4 },
    ],
    [
      { dir: 'all', ignore_files: ['c.bak'], depth: 1 },
      { a: 1, b: 2 },
    ],
    [
      { dir: 'all', files_matching: '^a' },
      { a: 1, b: 1 },
    ],
    [{ dir: 'all', extensions: ['bak'], ignore_unknown_extensions: true }, { c: 3 }],
  ])('%p', async (args, vars) => {
    const { plan } = await planOf(includeVars, args, {}, controller);
    expect(plan.failed).toBeUndefined();
    expect(plan.result?.['ansible_facts']).toEqual(dict(vars));
    expect(plan.effects).toEqual([{ kind: 'vars', vars: dict(vars) }]);
  });

  test('a name of another kind is refused unless told otherwise', async () => {
    const { plan } = await planOf(includeVars, { dir: 'all' }, {}, controller);
    expect(plan.failed).toContain('all/c.bak does not have a valid extension: yaml, yml, json');
    expect(plan.result?.['message']).toBe(plan.failed);
  });
});
