import { describe, expect, test } from '@jest/globals';
import { runFiles } from './support.ts';
import { tabulate } from './table.ts';

const ONE_HOST = ['-l', 'a'];

function play(tasks: string): string {
  return `- hosts: all\n  gather_facts: false\n  tasks:\n${tasks.replace(/^ {6}/gm, '    ')}\n`;
}

const MODULE = `import { arg, defineModule, run, sh } from 'tsplay/module';
import { twice } from './lib/twice.ts';

export default defineModule({
  summary: 'Say something twice',
  args: { text: arg.str({ required: true, doc: 'What to say.' }), loud: arg.bool({ default: false, doc: 'In capitals.' }) },
  async inspect(host, { text }) {
    const done = await host.query(sh\`printf %s \${text}\`);
    return done.stdout.toString();
  },
  plan({ loud }, said: string) {
    if (said === 'crash') throw new Error('a mistake');
    const text: string = twice(loud ? said.toUpperCase() : said);
    return { changes: said === 'same' ? [] : [run('say it', sh\`:\`)], result: { text, parts: { list: [1, 'x'] } } };
  },
});
`;

tabulate('modules in TypeScript', [
  {
    name: 'arguments are checked, the host is looked at, changes are made, the result is data',
    args: ONE_HOST,
    files: {
      'library/echo.ts': MODULE,
      'library/lib/twice.ts': 'export function twice(text: string): string { return text + text; }\n',
      'play.yml': play(`
      - echo: {text: "it's", loud: "yes"}
        register: r
      - debug: {msg: "{{ r.text }} {{ r is changed }} {{ r.parts }}"}
      - echo: {text: same}
        register: r
      - debug: {msg: "{{ r is changed }}"}
      - echo: {text: "{{ 'crash' }}"}
        ignore_errors: true
        register: r
      - debug: {msg: "{{ r.msg }}"}
      - echo: {txt: x}
        ignore_errors: true
        register: r
      - debug: {msg: "{{ r.msg }}"}`),
    },
    says: ["a: IT'SIT'S True {'list': [1, 'x']}", 'a: False', 'a: a mistake', 'a: missing required arguments: text'],
  },
  {
    name: 'check mode changes nothing without a line for it',
    args: [...ONE_HOST, '--check'],
    files: {
      'library/touch.mjs': `import { defineModule, run, sh } from 'tsplay/module';
export default defineModule({ summary: '', args: {}, plan: () => ({ changes: [run('touch', sh\`touch /tmp/tsplay-never\`)] }) });
`,
      'play.yml': play(`
      - touch:
        register: r
      - stat: {path: /tmp/tsplay-never}
        register: s
      - debug: {msg: "{{ r is changed }} {{ s.stat.exists }}"}`),
    },
    says: ['a: True False'],
  },
  {
    name: 'one in TypeScript takes the place of Python',
    args: ONE_HOST,
    files: {
      'library/mine.py': 'from ansible.module_utils.basic import AnsibleModule\n',
      'library/mine.ts': `export default { summary: '', args: {}, plan: () => ({ changes: [], result: { by: 'ts' } }) };\n`,
      'play.yml': play(`
      - mine:
        register: r
      - debug: {msg: "{{ r.by }}"}`),
    },
    says: ['a: ts'],
  },
]);

tabulate('filters, tests and lookups in TypeScript', [
  {
    name: 'beside the playbook, in roles (also those that are included), in collections',
    args: ONE_HOST,
    files: {
      'filter_plugins/text.ts': `export function shout(text: string, mark = '!', { times = 1 } = {}): string { return text.toUpperCase() + mark.repeat(times); }
export const filters = { 'two-words': (value: unknown) => ({ got: value }) };
`,
      'test_plugins/loud.mjs': 'export const loud = (text) => text === text.toUpperCase();\n',
      'lookup_plugins/me.ts':
        'export default (terms: string[], _options: object, { variable }) => terms.map((term) => `${term}@${variable("inventory_hostname")}`);\n',
      'roles/r/filter_plugins/r.js': 'exports.ofrole = (text) => `${text} of role`;\n',
      'roles/r/tasks/main.yml': '- debug: {msg: "{{ \'a\' | ofrole }}"}\n',
      'collections/ansible_collections/my/own/plugins/filter/low.ts':
        'export const low = (text: string) => text.toLowerCase();\n',
      'play.yml': play(`
      - debug: {msg: "{{ 'a' | shout('?', times=2) }} {{ {'n': [1, none]} | d({}) | map('two-words') | list }}"}
      - debug: {msg: "{{ ['a', 'B'] | select('loud') | list }} {{ 'A' is loud }}"}
        when: "'A' is loud"
      - debug: {msg: "{{ lookup('me', 'x') }} {{ item }}"}
        with_me: [y]
      - include_role: {name: r}
      - debug: {msg: "{{ 'ABC' | my.own.low }}"}`),
    },
    says: ["a: A?? [{'got': 'n'}]", "a: ['B'] True", 'a: x@a y@a', 'a: a of role', 'a: abc'],
  },
  {
    name: 'one of the content counts before one that is built in, but under its full name',
    args: ONE_HOST,
    files: {
      'filter_plugins/upper.ts': "export const upper = () => 'mine';\n",
      'play.yml': play(`
      - debug: {msg: "{{ 'a' | upper }} {{ 'a' | ansible.builtin.upper }}"}`),
    },
    says: ['a: mine A'],
  },
]);

describe('refused', () => {
  const failing = [
    ['export const a = (: 1;', 'filter_plugins/f.ts', { line: 1 }],
    ['export const a = 1;\nthrow new Error("no");', 'no', { line: 2 }],
  ] as const;
  test.each(failing)('a script that cannot be run: %s', async (text, _message, position) => {
    const files = { 'filter_plugins/f.ts': text, 'play.yml': play('      - ping:') };
    await expect(runFiles(files, ONE_HOST)).rejects.toMatchObject({ kind: 'parse', position });
  });

  test.each([
    ['connection: pigeon', 'connection "pigeon" comes from .*connection_plugins/pigeon.py, a plugin in Python'],
    ['vars: {ansible_connection: my.own.dove}', 'connection "my.own.dove" comes from .*plugins/connection/dove.py'],
    ['strategy: slow', 'strategy "slow" comes from .*strategy_plugins/slow.py, a plugin in Python'],
    ['become_method: ask', 'become "ask" comes from .*become_plugins/ask.py, a plugin in Python'],
  ])('%s, which is in Python', async (keyword, message) => {
    const files = {
      'connection_plugins/pigeon.py': '',
      'collections/ansible_collections/my/own/plugins/connection/dove.py': '',
      'strategy_plugins/slow.py': '',
      'become_plugins/ask.py': '',
      'play.yml': `- hosts: all\n  ${keyword}\n  tasks: []\n`,
    };
    await expect(runFiles(files, ONE_HOST)).rejects.toMatchObject({ message: expect.stringMatching(message) });
  });

  test.each([
    ["{{ 'a' | mine }}", 'filter "mine"', 'filter_plugins/p.py:3'],
    ["{{ 'a' is mine }}", 'test "mine"', 'test_plugins/t.py:1'],
    ["{{ lookup('look', 'a') }}", 'lookup "look"', 'lookup_plugins/look.py:1'],
  ])('%s, which is in Python', async (template, what, place) => {
    const files = {
      'filter_plugins/p.py': "def filters(self):\n  return {\n    'mine': self.mine}\n",
      'test_plugins/t.py': "{'mine': 1}\n",
      'lookup_plugins/look.py': '',
      'play.yml': play(`      - debug: {msg: "${template}"}\n        when: false`),
    };
    await expect(runFiles(files, ONE_HOST)).rejects.toMatchObject({
      message: expect.stringMatching(`unknown ${what}: it comes from .*${place},`),
      position: { line: 4 },
    });
  });
});
