import { describe, expect, test } from '@jest/globals';
import { messages, runFiles } from './support.ts';

const play = (tasks: string, more = '') => `- hosts: a\n  gather_facts: false\n${more}  tasks:\n${tasks}`;

interface Case {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly says: readonly string[];
  readonly code?: number;
}

const cases: readonly Case[] = [
  {
    what: 'a loop ends at an argument that is undefined',
    files: {
      'play.yml': play(`    - debug: msg="{{ item }}{{ nope }}"
      loop: [1, 2]
      ignore_errors: true
      register: r
    - debug: msg="{{ 'results' in r }}"`),
    },
    says: ['a: False'],
  },
  {
    what: 'a loop goes on after an argument that fails with one item',
    files: {
      'play.yml': play(`    - debug: msg="{{ 6 // item }}"
      loop: [0, 2]
      ignore_errors: true
      register: r
    - debug: msg="{{ r.results | map(attribute='failed') | list }}"`),
    },
    says: ['a: 3', 'a: [True, False]'],
  },
  {
    what: 'what failed_when says wins over tries that ran out',
    files: {
      'play.yml': play(`    - command: "true"
      register: r
      until: false
      retries: 1
      delay: 0
      failed_when: r.attempts > 6
    - debug: msg="{{ r.failed }} {{ r.attempts }}"`),
    },
    says: ['a: True 1'],
  },
  {
    what: 'a variable of a host that uses what only its tasks know is its text in hostvars',
    files: {
      'more.yml': 'list: ["{{ of_the_play }}", "{{ 1 + 1 }}"]\n',
      'play.yml': play(
        `    - include_vars: more.yml
    - debug: msg="{{ list | join(' ') }} {{ hostvars.a.list | join(' ') }}"`,
        '  vars: {of_the_play: x}\n',
      ),
    },
    says: ['a: x 2 {{ of_the_play }} 2'],
  },
  {
    what: 'vars is a dict of all variables',
    files: { 'play.yml': play(`    - debug: msg="{{ vars['x'] }} {{ 'y' in vars }}"`, '  vars: {x: 1}\n') },
    says: ['a: 1 False'],
  },
  {
    what: "a role's own vars are seen by the play, those of its use are not",
    files: {
      'roles/r/vars/main.yml': 'own: 1\n',
      'roles/r/tasks/main.yml': '- debug: msg="{{ own }} {{ given }}"\n',
      'play.yml': `- hosts: a
  gather_facts: false
  roles:
    - {role: r, vars: {given: 2}}
  tasks:
    - debug: msg="{{ own }} {{ given is defined }}"`,
    },
    says: ['a: 1 2', 'a: 1 False'],
  },
  {
    what: 'first_found leaves out names that cannot be told',
    files: {
      'files/found.txt': '',
      'play.yml': play(`    - debug: msg="{{ item | basename }}"
      with_first_found: ["{{ nope }}.txt", found.txt]`),
    },
    says: ['a: found.txt'],
  },
  {
    what: 'a prompt without a terminal gives its default',
    files: {
      'play.yml': play('    - debug: msg="{{ color }}"', '  vars_prompt: [{name: color, default: red}]\n'),
    },
    says: ['a: red'],
  },
  {
    what: 'a role with an argument spec that is kept',
    files: {
      'roles/r/meta/argument_specs.yml': 'argument_specs: {main: {options: {size: {type: int, required: true}}}}\n',
      'roles/r/tasks/main.yml': '- debug: msg="{{ size }}"\n',
      'play.yml': '- hosts: a\n  gather_facts: false\n  roles: [{role: r, size: 80}]\n',
    },
    says: ['a: 80'],
  },
  {
    what: 'arguments that are no dictionary',
    files: {
      'play.yml': play(`    - debug: garbage {{ 1 }}
      ignore_errors: true
      register: r
    - debug: msg="{{ r.msg }}"`),
    },
    says: ["a: invalid or malformed argument: 'garbage 1'"],
  },
];

describe('playbooks mean what they mean to Ansible', () => {
  test.each(cases)('$what', async ({ files, says, code = 0 }) => {
    const ran = await runFiles(files);
    expect(messages(ran)).toEqual(says);
    expect(ran.code).toBe(code);
  });

  test('a role with an argument spec that is broken', async () => {
    const ran = await runFiles({
      'roles/r/meta/argument_specs.yml': `argument_specs:
  main:
    short_description: A role
    options: {size: {type: int}, name: {required: true}, kind: {choices: [a, b]}}
`,
      'roles/r/tasks/main.yml': '- debug: msg=never\n',
      'play.yml': '- hosts: a\n  gather_facts: false\n  roles: [{role: r, size: x, kind: c}]\n',
    });
    expect(ran.code).toBe(2);
    expect(ran.lines).toContain("TASK [r : Validating arguments against arg spec 'main' - A role]");
    const [failed] = ran.events.filter((event) => event.type === 'host-result');
    expect(failed?.result.get('argument_errors')).toEqual([
      'missing required arguments: name',
      expect.stringContaining("argument 'size' is of type <class 'str'> and we were unable to convert to int"),
      'value of kind must be one of: a, b, got: c',
    ]);
  });

  test('strategy free keeps to throttle', async () => {
    const ran = await runFiles({
      'play.yml': `- hosts: all
  gather_facts: false
  strategy: free
  tasks:
    - shell: mkdir busy && rmdir busy
      args: {chdir: "{{ playbook_dir }}"}
      throttle: 1
`,
    });
    expect(ran.code).toBe(0);
    expect(ran.recap.size).toBe(3);
  });

  test.each([
    ['a plain text', '    - debug: {msg: ok}\n      when: 1 == nope\n', [5, 18]],
    ['a quoted text', '    - debug:\n        msg: "a {{ nope }}"\n', [5, 20]],
    ['a block', '    - debug:\n        msg: |\n          a\n          b {{ nope }}\n', [7, 16]],
    ['key=value', '    - debug: msg={{ nope }}\n', [4, 21]],
  ])('a failure names its place in %s', async (_, task, [line, column]) => {
    const ran = await runFiles({ 'play.yml': play(task) });
    const [failed] = ran.events.filter((event) => event.type === 'host-result');
    expect(failed?.position).toMatchObject({ line, column });
  });

  test('a Handlebars template', async () => {
    const ran = await runFiles({
      'templates/x.hbs': 'port {{port}}\n',
      'play.yml': play(
        `    - template: {src: x.hbs, dest: "{{ playbook_dir }}/out"}
    - debug: msg="{{ lookup('file', playbook_dir ~ '/out') }}"`,
        '  vars: {port: 80}\n',
      ),
    });
    expect(messages(ran)).toEqual(['a: port 80']);
  });
});
