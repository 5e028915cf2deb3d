import { expect, test } from '@jest/globals';
import { type Files, lintFiles, shown } from './support.ts';

/** A play around some tasks; the first line of tasks is line 4. */
function play(tasks: string, more = ''): Files {
  return { 'site.yml': `- hosts: all\n  gather_facts: false\n  tasks:\n${tasks}\n${more}` };
}

const main = 'roles/app/tasks/main.yml';
const spec = 'argument_specs:\n  main:\n    options:\n      app_port: {type: int}\n';

/** What stands in files, and what is found in it, without warnings of style. */
const table: [title: string, files: Files, findings: string[]][] = [
  [
    'an unknown module',
    play('    - comand: uptime'),
    [
      "site.yml:4:7 parse: couldn't resolve module/action 'comand'. This often indicates a misspelling, missing collection, or incorrect module path.; did you mean \"command\"?",
    ],
  ],
  [
    'an unknown keyword',
    play('    - debug: {msg: hi}\n      wen: false'),
    [
      'site.yml:5:7 parse: conflicting action statements: debug, wen; \'wen\' is neither a keyword nor a known module; did you mean "when"?',
    ],
  ],
  [
    'an unknown option',
    play('    - copy: {dest: /x, contnet: 1}'),
    ['site.yml:4:24 module-arguments: copy has no argument "contnet"; did you mean "content"?'],
  ],
  [
    'an unknown option whose value is a template',
    play('    - copy: {dest: /x, contnet: "{{ ansible_host }}"}'),
    ['site.yml:4:24 module-arguments: copy has no argument "contnet"; did you mean "content"?'],
  ],
  [
    'a missing argument',
    play('    - copy: {content: x}'),
    ['site.yml:4:7 module-arguments: copy needs the argument "dest"'],
  ],
  [
    'a value of a wrong type',
    play('    - wait_for: {port: http}'),
    ['site.yml:4:18 module-arguments: wait_for: "port" must be a whole number'],
  ],
  [
    'a value that is no choice',
    play('    - file: {path: /x, state: gone}'),
    ['site.yml:4:24 module-arguments: file: "state" must be one of'],
  ],
  [
    'arguments that exclude each other',
    play('    - pause: {minutes: 1, seconds: 2}'),
    ['site.yml:4:7 module-arguments: pause: parameters are mutually exclusive: minutes|seconds'],
  ],
  [
    'a loop over a mapping',
    play('    - debug: {msg: "{{ item }}"}\n      loop: {a: 1}'),
    ['site.yml:4:7 loop-list: loop needs a list, but is a mapping; give it to dict2items in a template'],
  ],
  ['a loop over nothing', play('    - debug: {msg: "{{ item }}"}\n      loop:'), []],
  [
    'a keyword of a wrong type',
    play('    - debug: {msg: hi}\n      retries: often'),
    ["site.yml:5:16 parse: the field 'retries' has an invalid value"],
  ],
  [
    'a missing role',
    { 'site.yml': '- hosts: all\n  roles:\n    - ap\n', [main]: '- debug: {msg: hi}' },
    ["site.yml:3:7 missing-file: the role 'ap' was not found in"],
  ],
  [
    'a missing tasks file',
    play('    - import_tasks: no.yml\n    - include_tasks: never.yml'),
    [
      "site.yml:4:21 missing-file: the tasks file 'no.yml' was not found",
      "site.yml:5:22 missing-file: the tasks file 'never.yml' was not found",
    ],
  ],
  [
    'a missing template',
    { [main]: '- template: {src: ap.j2, dest: /x}', 'roles/app/templates/app.j2': 'x' },
    ['roles/app/tasks/main.yml:1:14 missing-file: template: could not find \'ap.j2\'; did you mean "app.j2"?'],
  ],
  [
    'a missing file of variables',
    { 'site.yml': '- hosts: all\n  vars_files: [no.yml]\n' },
    ["site.yml:1:3 missing-file: vars_files: could not find 'no.yml'"],
  ],
  [
    'an unclosed template',
    play('    - debug: {msg: "{{ x"}'),
    ['site.yml:4:23 template-syntax: unexpected end of template: the tag is not closed'],
  ],
  [
    'an unknown filter',
    play('    - debug: {msg: "{{ 1 | defalt(2) }}"}'),
    ['site.yml:4:28 template-syntax: unknown filter "defalt"; did you mean "default"?'],
  ],
  [
    'an unknown test',
    play('    - debug: {msg: hi}\n      when: 1 is defind'),
    ['site.yml:5:18 template-syntax: unknown test "defind"; did you mean "defined"?'],
  ],
  [
    'an unknown lookup',
    play("    - debug: {msg: \"{{ lookup('fil', 'x') }}\"}"),
    ['site.yml:4:24 template-syntax: unknown lookup "fil"; did you mean "file"?'],
  ],
  [
    'a mistake in a file of Jinja2',
    { [main]: '', 'roles/app/templates/a.j2': 'a\n{% if x %}\n' },
    ["roles/app/templates/a.j2:2:4 template-syntax: 'if' is not closed"],
  ],
  [
    'a mistake in a file of Handlebars',
    { [main]: '', 'roles/app/templates/a.hbs': 'a\n{{#if x}}\n' },
    ['roles/app/templates/a.hbs:3:1 template-syntax:'],
  ],
  [
    'a template with delimiters of its own',
    {
      [main]: '- template: {src: a.j2, dest: /x, block_start_string: "<%"}',
      'roles/app/templates/a.j2': '{% not ours',
    },
    [],
  ],
  [
    'a file of tasks that nothing leads to',
    { [main]: '', 'roles/app/tasks/other.yml': '- comand: x' },
    ["roles/app/tasks/other.yml:1:3 parse: couldn't resolve module/action 'comand'"],
  ],
  [
    'duplicate keys',
    { 'site.yml': '- hosts: all\n  hosts: web\n' },
    ['site.yml:2:3 duplicate-key: duplicate key "hosts" (first on line 1); the last one is used'],
  ],
  [
    'tabs',
    { 'site.yml': '- hosts: all\n\ttasks: []\n' },
    ['site.yml:2:2 parse: a tab is used for indentation; indent with spaces'],
  ],
  [
    'roles in a circle',
    { [main]: '', 'roles/app/meta/main.yml': 'dependencies: [app]\n' },
    ['roles/app/meta/main.yml:1:16 parse: A recursion loop was detected'],
  ],
  [
    'tasks that import each other',
    { ...play('    - import_tasks: a.yml'), 'a.yml': '- import_tasks: a.yml' },
    ['a.yml:1:17 parse: circular import of tasks: a.yml -> a.yml; use include_tasks with a condition that ends it'],
  ],
  [
    'an include that includes itself',
    { ...play('    - include_tasks: tasks/a.yml'), 'tasks/a.yml': '- include_tasks: a.yml' },
    [],
  ],
  [
    'playbooks that import each other',
    { 'site.yml': '- import_playbook: site.yml' },
    ['site.yml:1:3 parse: circular import of playbooks: site.yml -> site.yml'],
  ],
  [
    'an undefined variable in a nested template',
    { 'site.yml': '- hosts: all\n  vars: {a: "{{ b }}"}\n  tasks:\n    - debug: {msg: "{{ a }}"}\n' },
    ["site.yml:2:17 undefined-variable: 'b' is defined nowhere; define it, or give it a default"],
  ],
  [
    'a variable that is defined in an inventory',
    {
      'site.yml': '- hosts: all\n  tasks:\n    - debug: {msg: "{{ b }}"}\n',
      'inventories/x/group_vars/all.yml': 'b: 1\n',
    },
    [],
  ],
  [
    'variables with a default, or asked for',
    play(
      '    - debug: {msg: "{{ a | default(1) }}{{ c.d | d(1) }}"}\n    - debug: {msg: "{{ b }}"}\n      when: b is defined',
    ),
    [],
  ],
  [
    'names that templates bind',
    play('    - debug: {msg: "{% for x in [1] %}{{ x }}{{ loop.index }}{% endfor %}{% set y = 1 %}{{ y }}"}'),
    [],
  ],
  [
    'names of loops, registers and facts',
    play(
      '    - command: id\n      register: who\n    - debug: {msg: "{{ who.rc }} {{ n }} {{ i }} {{ ansible_hostname }} {{ made }}"}\n      loop: [1]\n      loop_control: {loop_var: n, index_var: i}\n    - set_fact: {made: 1}',
    ),
    [],
  ],
  [
    'a parameter that a role declares',
    { [main]: '- debug: {msg: "{{ app_port }}"}', 'roles/app/meta/argument_specs.yml': spec },
    [],
  ],
  [
    'a parameter that a role does not declare',
    { [main]: '- debug: {msg: "{{ app_backend }}"}', 'roles/app/meta/argument_specs.yml': spec },
    [
      "roles/app/tasks/main.yml:1:20 undefined-variable: 'app_backend' is defined nowhere; declare it in meta/argument_specs.yml, or give it a default",
    ],
  ],
  ['a parameter of a role that declares none', { [main]: '- debug: {msg: "{{ app_host }}"}' }, []],
  [
    'a misspelt default of a role',
    {
      [main]: '- template: {src: a.j2, dest: /x}',
      'roles/app/templates/a.j2': 'x\n {{ app_hosst }}',
      'roles/app/defaults/main.yml': 'app_host: x',
    },
    ['roles/app/templates/a.j2:2:5 undefined-variable: \'app_hosst\' is defined nowhere; did you mean "app_host"?'],
  ],
  [
    'a notification that nobody hears',
    {
      [main]: '- copy: {dest: /x, content: x}\n  notify: restrat',
      'roles/app/handlers/main.yml': '- name: restart\n  debug: {msg: hi}',
    },
    [
      'roles/app/tasks/main.yml:1:3 notify-nobody: no handler is named \'restrat\' or listens to it; did you mean "restart"?',
    ],
  ],
  [
    'notifications by topic and role',
    {
      [main]: '- copy: {dest: /x, content: x}\n  notify: [restart, topic, "app : restart"]',
      'roles/app/handlers/main.yml': '- name: restart\n  listen: topic\n  debug: {msg: hi}',
    },
    [],
  ],
  [
    'a notification where handlers are chosen by a run',
    play('    - copy: {dest: /x, content: x}\n      notify: somebody\n    - include_role: {name: "{{ which }}"}'),
    [],
  ],
  [
    'a decimal mode',
    play('    - file: {path: /x, state: touch, mode: 644}'),
    ['site.yml:4:38 octal-mode: mode: 644 is a decimal number, 01204 in octal; write "0644"'],
  ],
  [
    'modes that are right',
    play(
      '    - file: {path: /x, state: touch, mode: 0644}\n    - file: {path: /x, state: touch, mode: "644"}\n    - file: {path: /x, state: touch, mode: 420}',
    ),
    [],
  ],
  [
    'arguments that are decided elsewhere',
    play(
      '    - copy: "{{ all_of_it }}"\n      vars: {all_of_it: {}}\n    - copy: {content: x}\n      args: "{{ rest }}"\n      vars: {rest: {}}\n    - copy: {content: x}\n      module_defaults: {copy: {dest: /x}}',
    ),
    [],
  ],
  [
    'a module that is not built in',
    play('    - community.docker.docker_container: {name: x}'),
    [
      'site.yml:4:7 unavailable-module: the module "community.docker.docker_container" is not built in; the task fails if it is reached',
    ],
  ],
  [
    'become_user under a play that becomes',
    { 'site.yml': '- hosts: all\n  become: true\n  tasks:\n    - debug: {msg: hi}\n      become_user: app\n' },
    [],
  ],
];

const STYLE = ['no-name', 'command-without-changed-when'];

test.each(table)('%s', async (_title, files, expected) => {
  const findings = (await lintFiles(files)).filter(({ rule }) => !STYLE.includes(rule)).map(shown);
  expect(findings).toHaveLength(expected.length);
  for (const [index, line] of expected.entries()) expect(findings[index]).toContain(line);
});
