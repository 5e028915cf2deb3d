import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Ran, runFiles } from './support.ts';

const PIECES = [
  "'",
  '"',
  '\\',
  '`id`',
  '$(touch pwned)',
  '${IFS}',
  '$HOME',
  '{{ 7 * 7 }}',
  '{{ lookup("pipe", "touch pwned") }}',
  '{% set x = 1 %}',
  '{# gone #}',
  '{{',
  '}}',
  '%s%n',
  '; touch pwned;',
  '&& touch pwned',
  '| touch pwned',
  '\n',
  '\t',
  '\r',
  ' ',
  '*',
  '?',
  '[a-z]',
  '~',
  '!x',
  '#',
  '-rf',
  '--help',
  '__proto__',
  'constructor',
  'true',
  '0x10',
  '[1, 2',
  "{'a': 1",
  'ünï',
  '日本',
  '😀',
  '\u202e',
  '\u2028',
  '\u0085',
  '\x1b]0;title\x07',
  '\x01',
  '\x7f',
  'a',
];

/** Numbers that are the same in every run (a linear congruence), so that a failure can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function hostileStrings(count: number): string[] {
  const next = numbers(42);
  const some = () => Array.from({ length: 1 + next(5) }, () => PIECES[next(PIECES.length)]).join('');
  return [...new Set([...PIECES, ...Array.from({ length: count }, some)])];
}

const STRINGS = hostileStrings(120);
/** What a file's name can hold; a variable of the environment is one also in a path. */
const NAMES = STRINGS.map((text) => text.replaceAll('/', '_')).filter((text) => !/HOME|.{150}/.test(text));

let folder: string;
let ran: Ran;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tsplay-hostile-'));
  ran = await runFiles({ 'play.yml': playbook(), 'data.json': JSON.stringify(STRINGS), 'all.j2': TEMPLATE }, [
    '-l',
    'a,b',
    '-e',
    JSON.stringify({ folder }),
  ]);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEMPLATE = '{% for text in texts %}{{ text | b64encode }}\n{% endfor %}';

/** Every sink for every string; texts come from a command's output, so that they are a host's own. */
function playbook(): string {
  return `
- hosts: a
  gather_facts: false
  tasks:
    - command: {argv: [cat, "{{ playbook_dir }}/data.json"]}
      register: raw
      no_log: true
    - set_fact: {texts: "{{ raw.stdout | from_json }}"}
      no_log: true
    - name: environment
      shell: 'printf %s "$TEXT" | base64 -w0'
      environment: {TEXT: "{{ item }}"}
      loop: "{{ texts }}"
      register: env
    - name: arguments
      command: {argv: [printf, "%s\\\\000", "{{ item }}"], expand_argument_vars: false}
      loop: "{{ texts }}"
      register: argv
    - name: content
      copy: {content: "{{ item }}", dest: "{{ folder }}/content.{{ index }}"}
      loop: "{{ texts }}"
      loop_control: {index_var: index}
    - name: standard input
      command: {argv: [base64, -w0], stdin: "{{ item }}", stdin_add_newline: false}
      loop: "{{ texts }}"
      register: stdin
    - name: comparison
      assert: {that: ["item == texts[index]", "item in texts", "not (item != texts[index])"], quiet: true}
      loop: "{{ texts }}"
      loop_control: {index_var: index}
    - template: {src: all.j2, dest: "{{ folder }}/template"}
    - name: results
      copy:
        dest: "{{ folder }}/results.json"
        content: "{{ {'env': env.results | map(attribute='stdout'), 'stdin': stdin.results | map(attribute='stdout'), 'item': env.results | map(attribute='item'), 'argv': argv.results | map(attribute='stdout')} | to_json }}"
- hosts: b
  gather_facts: false
  tasks:
    - name: hostvars
      copy:
        dest: "{{ folder }}/hostvars.json"
        content: "{{ hostvars['a'].texts | to_json }}"
    - file: {path: "{{ folder }}/names", state: directory}
    - name: names
      copy: {content: "{{ item }}", dest: "{{ folder }}/names/n {{ item }}"}
      loop: "{{ names }}"
      vars:
        names: "{{ hostvars['a'].texts | map('replace', '/', '_') | reject('search', 'HOME|.{150}') }}"
`;
}

function made(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

test('the play ends well', () => {
  expect([...ran.recap].map(([host, { failed, unreachable }]) => [host, failed, unreachable])).toEqual([
    ['a', 0, 0],
    ['b', 0, 0],
  ]);
});

test('nothing was run', () => {
  expect(existsSync('pwned') || existsSync(join(folder, 'pwned'))).toBe(false);
});

test('the environment, standard input and the items are exact', () => {
  const results = JSON.parse(made('results.json')) as Record<string, string[]>;
  const encoded = STRINGS.map((text) => Buffer.from(text).toString('base64'));
  expect(results['env']).toEqual(encoded);
  expect(results['stdin']).toEqual(encoded);
  expect(results['item']).toEqual(STRINGS);
  expect(results['argv']).toEqual(STRINGS.map((text) => `${text}\0`));
});

test('content is exact', () => {
  expect(STRINGS.map((_, index) => made(`content.${index}`))).toEqual(STRINGS);
});

test('a template prints them as they are', () => {
  expect(made('template').trimEnd().split('\n')).toEqual(STRINGS.map((text) => Buffer.from(text).toString('base64')));
});

test("another host's variables are exact", () => {
  expect(JSON.parse(made('hostvars.json'))).toEqual(STRINGS);
});

test('names of files are exact', () => {
  expect(readdirSync(join(folder, 'names')).sort()).toEqual(NAMES.map((name) => `n ${name}`).sort());
});

test('the report holds no control byte and no mark of direction', () => {
  expect(ran.lines.filter((line) => /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.test(line))).toEqual([]);
});
