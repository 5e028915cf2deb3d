import { beforeAll, describe, expect, test } from '@jest/globals';
import { run } from '../lab/run.ts';

/** Expressions of Python over the package `cluster`, by the title of their test, and what they are. */
const CASES: readonly (readonly [title: string, expression: string, value: unknown])[] = [
  ['a selector of labels: equal', selecting('app=web'), true],
  ['a selector of labels: several', selecting('app==web,tier!=db'), true],
  ['a selector of labels: unequal', selecting('app!=web'), false],
  ['a selector of labels: one of', selecting('app in (db, web)'), true],
  ['a selector of labels: none of', selecting('app notin (web)'), false],
  ['a selector of labels: there', selecting('tier'), false],
  ['a selector of labels: not there', selecting('!tier'), true],
  [
    'a selector of fields',
    'selectors.matches_fields({"spec": {"nodeName": "a"}}, "spec.nodeName=a,status.phase!=Failed")',
    true,
  ],
  [
    'a merge patch removes what is null',
    'patches.apply("merge", {"a": 1, "b": {"c": 2}}, {"a": None, "b": {"d": 3}})',
    { b: { c: 2, d: 3 } },
  ],
  [
    'a strategic patch merges lists by their key',
    'patches.apply("strategic", {"conditions": [{"type": "A", "s": 1}, {"type": "B"}]}, {"conditions": [{"type": "A", "s": 2}]})',
    { conditions: [{ type: 'A', s: 2 }, { type: 'B' }] },
  ],
  [
    'a JSON patch adds, replaces and removes',
    'patches.apply("json", {"a": [1, 2], "b": 1}, [{"op": "add", "path": "/a/-", "value": 3}, {"op": "remove", "path": "/b"}])',
    { a: [1, 2, 3] },
  ],
  [
    'apply removes what it had set before, and keeps what others added',
    'patches.three_way({"a": 1, "b": 1}, {"b": 2}, {"a": 1, "b": 1, "c": 1})',
    { a: null, b: 2 },
  ],
  ['JSONPath: all', finding('{.items[*].n}'), 'a b'],
  ['JSONPath: range', finding('{range .items[*]}{.n}{"\\\\t"}{end}'), 'a\tb\t'],
  ['JSONPath: filter', finding('{.items[?(@.n=="b")].n}'), 'b'],
  ['JSONPath: a filter of a filter', finding('{.items[0].c[?(@.type=="Ready")].status}'), 'True'],
  ['JSONPath: slice', finding('{.items[-1:].n}'), 'b'],
  ['JSONPath: missing', finding('{.missing}'), ''],
];

function selecting(selector: string): string {
  return `selectors.matches_text({"app": "web"}, '${selector}')`;
}

function finding(template: string): string {
  const data = '{"items": [{"n": "a", "c": [{"type": "Ready", "status": "True"}]}, {"n": "b", "c": []}]}';
  return `jsonpath.render('${template}', ${data})`;
}

describe('the cluster beneath the stand-ins', () => {
  let values: readonly unknown[] = [];

  beforeAll(async () => {
    const list = CASES.map(([, expression]) => expression).join(',\n');
    const script = `import json; from cluster import jsonpath, patches, selectors; print(json.dumps([${list}]))`;
    const env = { ...process.env, PYTHONPATH: import.meta.dirname };
    const { code, stdout, stderr } = await run('python3', ['-B', '-c', script], '', env);
    if (code !== 0) throw new Error(stderr);
    values = JSON.parse(stdout);
  });

  test.each(CASES.map(([title, , value], at) => [title, at, value] as const))('%s', (_, at, value) => {
    expect(values[at]).toEqual(value);
  });
});
