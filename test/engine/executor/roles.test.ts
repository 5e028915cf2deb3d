import { tabulate } from './table.ts';

const role = (name: string, tasks: string) => ({ [`roles/${name}/tasks/main.yml`]: tasks });

tabulate('roles', [
  {
    name: 'defaults, vars, parameters and dependencies',
    args: ['-l', 'a'],
    files: {
      ...role('base', '- debug: {msg: "base {{ level }}"}'),
      'roles/base/defaults/main.yml': 'level: low\n',
      ...role('app', '- debug: {msg: "{{ role_name }} {{ web_port }} {{ kind }} {{ level }}"}'),
      'roles/app/defaults/main.yml': 'web_port: 80\nkind: default\n',
      'roles/app/vars/main.yml': 'kind: from vars\n',
      'roles/app/meta/main.yml': 'dependencies: [base]\n',
      'play.yml': `
- hosts: all
  gather_facts: false
  vars: {kind: play}
  roles:
    - app
    - {role: app, web_port: 81}
`,
    },
    says: ['a: base low', 'a: app 80 from vars low', 'a: app 81 from vars low'],
  },
  {
    name: 'the same role with the same parameters runs once, unless duplicates are allowed',
    args: ['-l', 'a'],
    files: {
      ...role('one', '- debug: {msg: one}'),
      ...role('many', '- debug: {msg: many}'),
      'roles/many/meta/main.yml': 'allow_duplicates: true\n',
      'play.yml': '- hosts: all\n  gather_facts: false\n  roles: [one, one, many, many]\n',
    },
    says: ['a: one', 'a: many', 'a: many'],
  },
  {
    name: 'pre_tasks, roles, tasks and post_tasks come in this order',
    args: ['-l', 'a'],
    files: {
      ...role('r', '- debug: {msg: role}'),
      'play.yml': `
- hosts: all
  gather_facts: false
  post_tasks: [{debug: {msg: post}}]
  tasks: [{debug: {msg: task}}]
  roles: [r]
  pre_tasks: [{debug: {msg: pre}}]
`,
    },
    says: ['a: pre', 'a: role', 'a: task', 'a: post'],
  },
  {
    name: 'include_role: private unless public, tasks_from, vars, handlers of the role',
    args: ['-l', 'a'],
    files: {
      ...role('r', '- debug: {msg: "main {{ d }}"}'),
      'roles/r/defaults/main.yml': 'd: default\n',
      'roles/r/tasks/other.yml': '- command: "true"\n  notify: from role\n',
      'roles/r/handlers/main.yml': '- {name: from role, debug: {msg: handler}}\n',
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - include_role: {name: r}
      vars: {d: given}
    - debug: {msg: "{{ d is defined }}"}
    - include_role: {name: r, tasks_from: other, public: true}
    - debug: {msg: "{{ d }}"}
`,
    },
    says: ['a: main given', 'a: False', 'a: default', 'a: handler'],
  },
  {
    name: 'import_role is there from the start: its tags and when are those of the import',
    args: ['-l', 'a', '-t', 'imported'],
    files: {
      ...role('r', '- debug: {msg: in role}\n- debug: {msg: not here}\n  when: false\n'),
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - import_role: {name: r}
      tags: imported
    - import_role: {name: r}
      tags: imported
      when: false
    - debug: {msg: other}
`,
    },
    says: ['a: in role'],
    recap: ['a ok=1 skipped=3'],
  },
]);

tabulate('includes', [
  {
    name: 'include_tasks: variables, loops, conditions; hosts share what they include',
    args: ['-l', 'a,b'],
    files: {
      'inc.yml': '- debug: {msg: "{{ v }} {{ item | default(\'-\') }}"}\n',
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - include_tasks: inc.yml
      vars: {v: one}
    - include_tasks: "{{ file }}"
      loop: [1, 2]
      vars: {v: two, file: inc.yml}
      when: inventory_hostname == 'a'
`,
    },
    says: ['a: one -', 'b: one -', 'a: two 1', 'a: two 2'],
    lines: ['included: /inc.yml for a, b', 'included: /inc.yml for a => (item=1)'],
  },
  {
    name: 'tags reach an include only, unless applied; import_tasks hands them down',
    args: ['-l', 'a', '-t', 't'],
    files: {
      'inc.yml': '- debug: {msg: "{{ by }}"}\n',
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - include_tasks: inc.yml
      vars: {by: include}
      tags: t
    - include_tasks: {file: inc.yml, apply: {tags: t}}
      vars: {by: applied}
      tags: t
    - import_tasks: inc.yml
      vars: {by: import}
      tags: t
`,
    },
    says: ['a: applied', 'a: import'],
  },
]);

tabulate('names of static imports', [
  {
    name: 'may use variables of the play, of an import_playbook and of the command line',
    args: ['-l', 'a', '-e', 'third=r'],
    files: {
      ...role('r', '- debug: {msg: r}'),
      'inc.yml': '- debug: {msg: inc}\n',
      'other.yml': '- hosts: all\n  gather_facts: false\n  tasks:\n    - import_role: {name: "{{ second }}"}\n',
      'play.yml': `
- hosts: all
  gather_facts: false
  vars: {first: inc.yml}
  tasks:
    - import_tasks: "{{ first }}"
    - import_role: {name: "{{ third }}"}
- import_playbook: other.yml
  vars: {second: r}
`,
    },
    says: ['a: inc', 'a: r', 'a: r'],
  },
]);
