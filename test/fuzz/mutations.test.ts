import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadInventory } from '../../src/engine/inventory/load.ts';
import { TsplayError } from '../../src/engine/model/errors.ts';
import { actionTable } from '../../src/engine/modules/registry.ts';
import { Loader } from '../../src/engine/playbook/loader.ts';
import { loadPlaybook } from '../../src/engine/playbook/playbook.ts';
import { compileText } from '../../src/engine/template/compile.ts';
import { render } from '../engine/template/support.ts';
import { mutated, numbers } from './mutate.ts';

const PLAYBOOK = `---
- name: Web {{ env }}
  hosts: "web[0:2]:&live:!old"
  serial: [1, "30%"]
  vars: &defaults
    port: 80
    paths: ["/srv/{{ item }}", /tmp]
  vars_files: []
  pre_tasks:
    - name: ask
      debug: {msg: "{{ port | default(1) }}"}
      tags: [a, always]
  tasks:
    - block:
        - copy:
            content: |
              one
                two {{ x }}
            dest: /etc/x
            mode: "0644"
          register: done
          until: done is succeeded
          retries: 3
          loop: "{{ range(3) | list }}"
          loop_control: {loop_var: n, label: "{{ n }}"}
      rescue:
        - shell: echo "a b" 'c' > /tmp/x creates=/tmp/x
          when: done.rc != 0 and (a or not b)
      always:
        - include_tasks: {file: other.yml, apply: {become: true}}
    - command: ls -l
      args: {<<: *defaults}
      environment: {A: 1}
      notify: [restart]
  handlers:
    - name: restart
      service: name=x state=restarted
      listen: web
`;

const YAML_INVENTORY = `all:
  vars: {a: 1, "b c": [x, y]}
  hosts:
    h[01:10:2]: {ansible_host: 10.0.0.1}
  children:
    web:
      hosts: {w[a:c].example.org: , w1: }
    db: {children: {old: {hosts: {o1: {ansible_port: 22}}}}}
`;

const INI_INVENTORY = `h1 ansible_host=10.0.0.1 port=80 name="a b" # note
[web]
w[1:3] x=['a', 1]
w9:2222
[web:vars]
a = {'b': 1}
[all:children]
web
db
[db]
d[a:c:2].x
`;

const TEMPLATE = `{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro -%}
{% for k, v in {'a': [1, 2], 'b': {'c': None}}.items() recursive %}
{{ loop.index }} {{ k | upper | replace('A', 'x') }} {{ v[0] | default('none') }}{% if not loop.last %},{% endif %}
{% else %}none{% endfor %}
{% set ns = namespace(x=0) %}{% set ns.x = ns.x + 1 %}{{ m(1, ns.x ** 2) }} {{ 'a%sb' % 3 }} {{ "%05.2f" | format(1.5) }}
{% filter indent(2) %}{{ [3, 1] | sort | join('-') ~ (1 if true else 2) }}{% endfilter %}{# note #}
{% raw %}{{ x }}{% endraw %} {{ 'text' | regex_replace('t(.)', '\\\\1') }} {{ range(5) | map('string') | select('match', '[1-3]') | list }}
{% macro w() %}<{{ caller() }}>{% endmacro %}{% call w() %}x{% endcall %}{{ {'k': 1} | combine({'l': 2}) | to_json }} {{ (5 // 2) is odd }} {{ 'abc'[1:] in 'abcd' }}
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tsplay-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a user could not read: no message of ours, or one of a mistake of ours. */
function unexpected(error: unknown): string | undefined {
  if (error instanceof TsplayError && error.kind !== 'internal' && error.message !== '') return undefined;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function fuzz(seed: string, count: number, read: (text: string) => unknown): Promise<string[]> {
  const next = numbers(seed.length);
  const crashes: string[] = [];
  for (let round = 0; round < count && crashes.length < 3; round++) {
    const text = mutated(seed, next);
    try {
      await read(text);
    } catch (error) {
      const problem = unexpected(error);
      if (problem !== undefined) crashes.push(`${problem}\n--- ${JSON.stringify(text)}`);
    }
  }
  return crashes;
}

const FILES: Readonly<Record<string, string>> = { 'other.yml': '- debug: {msg: hi}\n' };

function readPlaybook(text: string): unknown {
  const path = '/fuzz/play.yml';
  const readFile = (asked: string) => Buffer.from(asked === path ? text : (FILES[asked.slice(6)] ?? ''));
  const loader = new Loader({
    actions: actionTable,
    hasLookup: () => true,
    extraVars: new Map(),
    rolePaths: [],
    ownRolePaths: [],
    collectionsPaths: [],
    contentFolders: {},
    privateRoleVars: false,
    readFile,
    onWarning: () => {},
  });
  return loadPlaybook(path, loader);
}

async function readInventory(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, text);
  await loadInventory([path], { compile: compileText, onWarning: () => {} });
}

test('a mutated playbook is read or refused', async () => {
  expect(await fuzz(PLAYBOOK, 600, readPlaybook)).toEqual([]);
}, 60_000);

test('a mutated inventory is read or refused', async () => {
  expect(await fuzz(YAML_INVENTORY, 400, (text) => readInventory('hosts.yml', text))).toEqual([]);
  expect(await fuzz(INI_INVENTORY, 400, (text) => readInventory('hosts', text))).toEqual([]);
}, 60_000);

test('a mutated template is rendered or refused', async () => {
  expect(await fuzz(TEMPLATE, 600, (text) => render(text))).toEqual([]);
}, 120_000);

test('the texts that are mutated are right themselves', async () => {
  expect(await fuzz(TEMPLATE, 0, render)).toEqual([]);
  expect(render(TEMPLATE)).toContain('1-1');
  expect(readPlaybook(PLAYBOOK)).toHaveLength(1);
});
