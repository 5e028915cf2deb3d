import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { run } from '../lab/on-lab.ts';

const STAND_INS = import.meta.dirname;

/** Evaluates an expression of Python with the package `cluster` at hand, and gives what it is as JSON. */
async function python(imports: string, expression: string): Promise<unknown> {
  const script = `import json; ${imports}; print(json.dumps(${expression}))`;
  const { code, stdout, stderr } = await run('python3', ['-B', '-c', script], '', {
    ...process.env,
    PYTHONPATH: resolve(STAND_INS),
  });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('label selectors', () => {
  test.each([
    ['app=web', true],
    ['app==web,tier!=db', true],
    ['app!=web', false],
    ['app in (db, web)', true],
    ['app notin (web)', false],
    ['tier', false],
    ['!tier', true],
  ])('%s', async (selector, holds) => {
    expect(await python('from cluster import selectors', `selectors.matches_text({"app": "web"}, "${selector}")`)).toBe(
      holds,
    );
  });
});

describe('patches', () => {
  test('a merge removes what is null', async () => {
    const patched = `patches.apply("merge", {"a": 1, "b": {"c": 2}}, {"a": None, "b": {"d": 3}})`;
    expect(await python('from cluster import patches', patched)).toEqual({ b: { c: 2, d: 3 } });
  });

  test('a strategic one merges lists by their key', async () => {
    const patched = `patches.apply("strategic", {"conditions": [{"type": "A", "s": 1}, {"type": "B"}]}, {"conditions": [{"type": "A", "s": 2}]})`;
    expect(await python('from cluster import patches', patched)).toEqual({
      conditions: [{ type: 'A', s: 2 }, { type: 'B' }],
    });
  });

  test('apply removes what it had set before, and keeps what others added', async () => {
    const patch = 'patches.three_way({"a": 1, "b": 1}, {"b": 2}, {"a": 1, "b": 1, "c": 1})';
    expect(await python('from cluster import patches', patch)).toEqual({ a: null, b: 2 });
  });
});

describe('JSONPath', () => {
  const data = `{"items": [{"n": "a", "c": [{"type": "Ready", "status": "True"}]}, {"n": "b", "c": []}]}`;
  test.each([
    ['{.items[*].n}', 'a b'],
    ['{range .items[*]}{.n}{"\\\\t"}{end}', 'a\tb\t'],
    ['{.items[?(@.n=="b")].n}', 'b'],
    ['{.items[0].c[?(@.type=="Ready")].status}', 'True'],
    ['{.items[-1:].n}', 'b'],
    ['{.missing}', ''],
  ])('%s', async (template, text) => {
    expect(await python('from cluster import jsonpath', `jsonpath.render('${template}', ${data})`)).toBe(text);
  });
});
