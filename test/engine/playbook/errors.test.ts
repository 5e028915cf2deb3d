import { describe, expect, test } from '@jest/globals';
import { loadError } from './fixture.ts';

/** A play with tasks: the first task stands on line 3. */
function play(tasks: string): string {
  return `- hosts: all\n  tasks:\n${tasks.replace(/^/gm, '    ')}\n`;
}

describe('one message with place and hint', () => {
  test.each<[string, string, string]>([
    // plays
    ['an empty playbook', '', 'site.yml:1:1: Empty playbook, nothing to do: site.yml'],
    ['no list', 'hosts: all', 'site.yml:1:1: A playbook must be a list of plays, got a dict instead: site.yml; begin'],
    ['an empty list', '[]', 'site.yml:1:1: A playbook must contain at least one play: site.yml'],
    ['a text as a play', '- all', "site.yml:1:3: playbook entries must be either valid plays or 'import_playbook'"],
    [
      'an unknown keyword',
      '- hots: all',
      'site.yml:1:3: \'hots\' is not a valid attribute for a Play; did you mean "hosts"?',
    ],
    ['no hosts', '- tasks: []', "site.yml:1:3: the field 'hosts' is required but was not set; add `hosts: all`"],
    ['empty hosts', '- hosts: []', 'site.yml:1:3: Hosts list cannot be empty. Please check your playbook'],
    ['a null host', '- hosts: [a, null]', "site.yml:1:14: Hosts list cannot contain values of 'None'."],
    ['a host that is a number', '- hosts: [1]', "site.yml:1:11: Hosts list contains an invalid host value: '1'"],
    ['hosts as a mapping', '- hosts: {a: b}', 'site.yml:1:10: Hosts list must be a sequence or string.'],
    [
      'tasks as a number',
      '- hosts: all\n  tasks: 123',
      'site.yml:2:10: A malformed block was encountered while loading tasks: 123 should be a list or None',
    ],
    ['roles as a number', '- hosts: all\n  roles: 123', 'site.yml:2:10: A malformed role declaration was encountered.'],
    [
      'user and remote_user',
      '- hosts: a\n  user: b\n  remote_user: c',
      "site.yml:2:3: both 'user' and 'remote_user' are set",
    ],
    ['vars as a list', '- hosts: a\n  vars: [b]', 'site.yml:2:9: Vars in a Play must be specified as a dictionary'],
    [
      'a variable with a dash',
      '- hosts: a\n  vars: {a-b: 1}',
      "site.yml:2:10: Invalid variable name in vars specified for Play: 'a-b'",
    ],
    ['an unknown order', '- hosts: a\n  order: sortet', "site.yml:2:10: 'sortet' is not a valid value for order."],
    [
      'a question without a name',
      '- hosts: a\n  vars_prompt: [{x: 1}]',
      "site.yml:2:17: Invalid vars_prompt data structure, missing 'name' key",
    ],
    [
      'an unknown part of a question',
      '- hosts: a\n  vars_prompt: [{name: x, promt: y}]',
      "site.yml:2:27: Invalid vars_prompt data structure, found unsupported key 'promt'",
    ],
    // tasks
    [
      'an unknown module',
      play('- lineinfle: path=x'),
      "site.yml:3:7: couldn't resolve module/action 'lineinfle'. This often indicates a misspelling, missing collection, or incorrect module path.; did you mean \"lineinfile\"?",
    ],
    ['no module', play('- name: x'), 'site.yml:3:7: no module/action detected in task.'],
    [
      'two modules',
      play('- copy: src=a\n  ping:'),
      'site.yml:4:7: conflicting action statements: copy, ping; a task has one module; make two tasks of it',
    ],
    [
      'a mistyped keyword',
      play('- copy: src=a\n  whne: b'),
      'site.yml:4:7: conflicting action statements: copy, whne; \'whne\' is neither a keyword nor a known module; did you mean "when"?',
    ],
    [
      'action and local_action',
      play('- action: ping\n  local_action: ping'),
      'site.yml:4:7: action and local_action are mutually exclusive',
    ],
    [
      'include',
      play('- include: a.yml'),
      "site.yml:3:7: couldn't resolve module/action 'include'. This often indicates a misspelling, missing collection, or incorrect module path.; include was removed in ansible-core 2.16; use include_tasks or import_tasks",
    ],
    ['a task that is a text', play('- ping'), 'site.yml:3:7: a task must be a dictionary, but is a string'],
    ['arguments as a list', play('- copy: [a]'), 'site.yml:3:13: unexpected parameter type in action: list'],
    ['words that are no arguments', play('- copy: a b'), "site.yml:3:13: this task 'copy' has extra params: a b"],
    [
      'an open quote',
      play('- copy: src="a'),
      'site.yml:3:13: failed at splitting arguments, either an unbalanced jinja2 block or quotes: src="a',
    ],
    [
      'args as a bare name',
      play('- copy: src=a\n  args: b'),
      "site.yml:4:13: Complex args containing variables cannot use bare variables (without Jinja2 delimiters), and must use the full variable style ('{{var_name}}')",
    ],
    [
      'cmd beside a text',
      play('- command: a\n  args: {cmd: b}'),
      "site.yml:4:14: The 'cmd' argument cannot be used when other raw parameters are specified.",
    ],
    [
      'a reserved argument',
      play('- copy: {_ansible_x: 1}'),
      "site.yml:3:14: Invalid parameter specified beginning with keyword '_ansible_'",
    ],
    [
      'a bool that is none',
      play('- ping:\n  become: perhaps'),
      "site.yml:4:15: the field 'become' has an invalid value ('perhaps'), and could not be converted to bool.",
    ],
    [
      'an int that is none',
      play('- ping:\n  retries: some'),
      "site.yml:4:16: the field 'retries' has an invalid value ('some'), and could not be converted to int.",
    ],
    [
      'a name that is a list',
      play('- name: [a]\n  ping:'),
      "site.yml:3:13: The field 'name' is supposed to be a string type, however the incoming data structure is a list",
    ],
    ['tags as a number', play('- ping:\n  tags: 1'), 'site.yml:4:13: tags must be specified as a list'],
    [
      'register as a template',
      play('- ping:\n  register: "{{ a }}"'),
      "site.yml:4:17: Invalid variable name in 'register' specified: '{{ a }}'",
    ],
    [
      'two loops',
      play('- ping:\n  loop: [1]\n  with_items: [1]'),
      'site.yml:5:7: duplicate loop in task: items; a task has one loop',
    ],
    [
      'an unknown lookup',
      play('- ping:\n  with_itms: [1]'),
      "site.yml:4:7: 'with_itms' is not a valid attribute for a Task",
    ],
    [
      'a loop over nothing',
      play('- ping:\n  with_items:'),
      'site.yml:4:7: you must specify a value when using with_items',
    ],
    [
      'loop_control as a template',
      play('- ping:\n  loop_control: "{{ a }}"'),
      'site.yml:4:21: the `loop_control` value must be specified as a dictionary',
    ],
    [
      'an unknown loop control',
      play('- ping:\n  loop_control: {lable: a}'),
      'site.yml:4:22: \'lable\' is not a valid attribute for a LoopControl; did you mean "label"?',
    ],
    [
      'an unknown backoff',
      play('- ping:\n  retry: {backoff: exponental}'),
      'site.yml:4:24: \'exponental\' is not a valid value for backoff. Must be one of constant, linear, exponential; did you mean "exponential"?',
    ],
    [
      'an unknown meta',
      play('- meta: flush_handler'),
      'site.yml:3:13: invalid meta action requested: flush_handler; did you mean "flush_handlers"?',
    ],
    [
      'end_role in no role',
      play('- meta: end_role'),
      "site.yml:3:13: Cannot execute 'end_role' from outside of a role",
    ],
    ['rescue alone', play('- rescue: [ping: ]'), "site.yml:3:7: 'rescue' keyword cannot be used without 'block'"],
    ['a module in a block', play('- block: []\n  ping:'), "site.yml:4:7: 'ping' is not a valid attribute for a Block"],
    [
      'a block in a block of handlers',
      '- hosts: all\n  handlers:\n    - block:\n        - block: []',
      'site.yml:4:11: Using a block as a handler is not supported.',
    ],
    // imports
    [
      'a loop over an import',
      play('- import_tasks: a.yml\n  loop: [1]'),
      "site.yml:3:7: You cannot use loops on 'import_tasks' statements. You should use 'include_tasks' instead.",
    ],
    [
      'apply on an import',
      play('- import_tasks: {file: a.yml, apply: {tags: b}}'),
      'site.yml:3:42: Invalid options for import_tasks: apply',
    ],
    [
      'become on an include',
      play('- include_tasks: a.yml\n  become: yes'),
      "site.yml:4:7: 'become' is not a valid attribute for a TaskInclude; put it under `apply:`",
    ],
    [
      'an unknown option of an include',
      play('- include_tasks: {file: a.yml, aply: {}}'),
      'site.yml:3:36: Invalid options for include_tasks: aply',
    ],
    ['an include of nothing', play('- include_tasks:'), 'site.yml:3:7: No file specified for include_tasks'],
    [
      'a role include without a name',
      play('- include_role: {tasks_from: a}'),
      "site.yml:3:7: 'name' is a required field for include_role.",
    ],
    [
      'a missing tasks file',
      play('- import_tasks: nowhere.yml'),
      "site.yml:3:21: the tasks file 'nowhere.yml' was not found; looked for",
    ],
    [
      'a missing role',
      '- hosts: all\n  roles: [nowhere]',
      "site.yml:2:11: the role 'nowhere' was not found in roles:shared-roles:.",
    ],
    [
      'a role of the old style',
      '- hosts: all\n  roles: ["a,b"]',
      'site.yml:2:11: Invalid old style role requirement: a,b',
    ],
    [
      'a role without a name',
      '- hosts: all\n  roles: [{tags: a}]',
      'site.yml:2:11: role definitions must contain a role name',
    ],
    [
      'a missing playbook',
      '- import_playbook: nowhere.yml',
      'site.yml:1:3: could not read nowhere.yml: it does not exist',
    ],
    ['an import of nothing', '- import_playbook:', 'site.yml:1:3: playbook import parameter is missing'],
    [
      'a name that is not known yet',
      play('- import_tasks: "{{ nowhere }}.yml"'),
      'site.yml:3:21: Error when evaluating variable in import path: {{ nowhere }}.yml',
    ],
    // YAML
    ['a tab', '- hosts: all\n\ttasks: []', ': a tab is used for indentation; indent with spaces'],
    ['an open bracket', '- hosts: [a', 'site.yml:1:'],
  ])('%s', (_, text, message) => {
    expect(loadError({ 'site.yml': text })).toContain(message);
  });
});

describe('circles are named', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'playbooks',
      { 'site.yml': '- import_playbook: b.yml', 'b.yml': '- import_playbook: site.yml' },
      'b.yml:1:3: circular import of playbooks: site.yml -> b.yml -> site.yml',
    ],
    [
      'tasks',
      { 'site.yml': play('- import_tasks: a.yml'), 'a.yml': '- import_tasks: b.yml', 'b.yml': '- import_tasks: a.yml' },
      'b.yml:1:17: circular import of tasks: a.yml -> b.yml -> a.yml',
    ],
    [
      'roles',
      {
        'site.yml': '- hosts: all\n  roles: [a]',
        'roles/a/meta/main.yml': 'dependencies: [b]',
        'roles/b/meta/main.yml': 'dependencies: [a]',
      },
      'A recursion loop was detected with the roles specified. Make sure child roles do not have dependencies on parent roles; a -> b -> a',
    ],
    [
      'a role in itself',
      { 'site.yml': '- hosts: all\n  roles: [a]', 'roles/a/tasks/main.yml': '- import_role: {name: a}' },
      'roles/a/tasks/main.yml:1:23: A recursion loop was detected',
    ],
  ])('%s', (_, files, message) => {
    expect(loadError(files)).toContain(message);
  });
});
