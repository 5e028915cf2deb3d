import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { invocationOf, type PlanParts, planText, readPlan, savePlanFile } from '../../../src/engine/plan/file.ts';
import { Seal } from '../../../src/engine/vault/seal.ts';

const seal = new Seal(Buffer.alloc(32, 7));
const digest = '0123456789abcdef0123456789abcdef';
const parts: PlanParts = {
  program: '0.1.0',
  directory: '/srv/site',
  playbooks: ['site.yml'],
  inventory: ['hosts.yml'],
  options: { limit: 'web', tags: [], skipTags: [], extraVars: { word: digest } },
  content: { 'site.yml': digest },
  plays: [{ name: 'web', hosts: ['web1'] }],
  hosts: {
    web1: {
      steps: [
        {
          id: digest,
          play: 0,
          name: 'Write it',
          action: 'copy',
          at: 'site.yml:3:5',
          status: 'changed',
          looked: { paths: { '/etc/motd': null } },
          changes: [{ id: digest, kind: 'write', summary: 'write /etc/motd', attributes: { mode: '0644' } }],
        },
      ],
      mayRun: [],
    },
  },
  coverage: { tasks: 1, unknown: 0 },
};
const invocation = { words: ['site.yml'], options: { 'extra-vars': ['word=hush-hush'] }, answers: [] };
const text = planText(parts, invocation, seal);

test('a plan comes back as it was, with the command line sealed in it', () => {
  const plan = readPlan(text, 'plan.json', seal);
  expect(plan).toMatchObject(parts);
  expect(invocationOf(plan, seal)).toEqual(invocation);
  expect(text).not.toContain('hush');
  expect(planText(parts, invocation, seal)).toBe(text);
});

test('its keys are in order, so that plans can be compared', () => {
  const keys = Object.keys(JSON.parse(text));
  expect(keys).toEqual(keys.toSorted());
});

test.each<[string, string, string]>([
  ['nothing', '', 'Unexpected end of JSON input'],
  ['half of it', text.slice(0, 400), 'no plan that can be applied'],
  ['a list', '[]', 'it holds no object'],
  ['another form', text.replace('"format": 1', '"format": 2'), 'a plan of format 2; this tsplay reads 1'],
  ['a form that is none', text.replace('"format": 1', '"format": "1"'), '/format must be integer'],
  ['no directory', text.replace(/ {2}"directory".*\n/, ''), "must have required property 'directory'"],
  ['a word that nobody knows', text.replace('"kind"', '"sort"'), '/hosts/web1/steps/0/changes/0'],
  ['another mode', text.replace('"0644"', '"0666"'), 'changed after it was made'],
])('a file with %s is refused with what is wrong', (_, bytes, message) => {
  expect(() => readPlan(bytes, 'plan.json', seal)).toThrow(message);
});

test("a plan of another user's key is refused", () => {
  expect(() => readPlan(text, 'plan.json', new Seal(Buffer.alloc(32, 8)))).toThrow('under another key');
});

const folder = mkdtempSync(join(tmpdir(), 'plan-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('it takes the place of a file in one step, for its owner alone', () => {
  const path = join(folder, 'plan.json');
  writeFileSync(path, 'old', { mode: 0o644 });
  savePlanFile(path, text);
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual([text, 0o600]);
  expect(readdirSync(folder)).toEqual(['plan.json']);
  expect(() => savePlanFile(join(folder, 'none', 'plan.json'), text)).toThrow('cannot be written');
});
