import { tabulate } from './table.ts';

/** Each of these was compared with what ansible-core 2.18 does. */
tabulate('as ansible-core 2.18 does', [
  {
    name: 'what run_once changed notifies the handlers of the host that did it',
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - command: "true"
      run_once: true
      notify: h
  handlers:
    - {name: h, debug: {msg: ran}}
`,
    },
    says: ['a: ran'],
  },
  {
    name: 'forced handlers run in step with those of the other hosts, and a handler that fails ends them',
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  force_handlers: true
  handlers:
    - {name: h1, debug: {msg: one}}
    - name: h2
      command: "{{ 'false' if inventory_hostname == 'c' else 'true' }}"
    - {name: h3, debug: {msg: three}}
  tasks:
    - command: "true"
      notify: [h1, h2, h3]
    - command: "{{ 'false' if inventory_hostname == 'a' else 'true' }}"
`,
    },
    says: ['a: one', 'b: one', 'c: one', 'a: three', 'b: three'],
    recap: ['a ok=4 failed=1', 'c ok=3 failed=1'],
    code: 2,
  },
  {
    name: 'a loss of the host that is ignored counts as ok',
    args: ['-l', 'a'],
    tasks: `
      - ping:
        vars: {ansible_connection: nosuch}
        ignore_unreachable: true`,
    recap: ['a ok=1 ignored=1 skipped=0'],
  },
  {
    name: 'a loop over hosts goes on after one that is lost',
    args: ['-l', 'a'],
    files: { 'host_vars/b.yml': 'ansible_connection: nosuch\n' },
    tasks: `
      - ping:
        delegate_to: "{{ item }}"
        loop: [b, c]
        ignore_unreachable: true
        register: pinged
      - debug: {msg: "{{ pinged.results | map(attribute='ping', default='lost') | join }}"}`,
    says: ['a: lostpong'],
  },
  {
    name: 'order says in which order hosts work, not how they are listed',
    play: 'order: reverse_sorted',
    tasks: `
      - debug: {msg: "{{ ansible_play_hosts | join }} {{ ansible_play_batch | join }}"}`,
    says: ['c: abc cba', 'b: abc cba', 'a: abc cba'],
  },
  {
    name: 'what the run says of itself where nothing was asked for',
    args: ['-l', 'a'],
    files: {
      'play.yml': `
- hosts: [a, b]
  gather_facts: false
  tasks:
    - debug: {msg: "{{ ansible_run_tags }} {{ ansible_skip_tags }} {{ ansible_play_name }} {{ ansible_inventory_sources }} {{ ansible_limit }}"}
`,
    },
    says: ["a: ['all'] [] a,b ['a,b,c,'] a"],
  },
  {
    name: 'names of roles: those of the play, imported, included, and what they depend on',
    args: ['-l', 'a'],
    files: {
      'roles/r/tasks/main.yml': '',
      'roles/r/meta/main.yml': 'dependencies: [d]\n',
      'roles/d/tasks/main.yml': '- debug: {msg: d}\n',
      'play.yml': `
- hosts: all
  gather_facts: false
  roles: [r]
  tasks:
    - debug: {msg: "{{ role_names }} {{ ansible_dependent_role_names }} {{ ansible_role_names }}"}
    - include_role: {name: d}
    - debug: {msg: "{{ ansible_play_role_names }}"}
`,
    },
    says: ['a: d', "a: ['r'] ['d'] ['r', 'd']", 'a: d', "a: ['r', 'd']"],
    recap: ['a ok=5'],
  },
  {
    name: 'a role that was included is no reason to leave it out of roles',
    args: ['-l', 'a'],
    files: {
      'roles/r/tasks/main.yml': '- debug: {msg: "{{ role_name }}"}\n',
      'play.yml': `
- hosts: all
  gather_facts: false
  pre_tasks: [{include_role: {name: r}}]
  roles: [r, r]
`,
    },
    says: ['a: r', 'a: r'],
  },
  {
    name: 'module_defaults nearer to the task replace those around',
    args: ['-l', 'a'],
    play: 'module_defaults: {command: {chdir: /usr, creates: /etc}}',
    tasks: `
      - command: pwd
        register: there
        module_defaults: {ansible.builtin.command: {chdir: /}}
      - debug: {msg: "{{ there.stdout }}"}`,
    says: ['a: /'],
  },
  {
    name: 'an include that cannot be loaded fails with its reason, whatever is ignored; a rescue takes care of it',
    args: ['-l', 'a'],
    tasks: `
      - block:
          - include_tasks: nosuch.yml
            ignore_errors: true
        rescue:
          - debug: {msg: "{{ ansible_failed_result.reason }}"}
      - include_role: {name: nosuch}
        ignore_errors: true
      - debug: {msg: not reached}`,
    says: ["a: the tasks file 'nosuch.yml' was not found"],
    code: 2,
  },
  {
    name: 'rules between the members of an option of a role',
    args: ['-l', 'a'],
    files: {
      'roles/r/tasks/main.yml': '',
      'roles/r/meta/argument_specs.yml': `
argument_specs:
  main:
    options:
      o:
        type: dict
        options: {k: {}, j: {}, l: {}}
        mutually_exclusive: [[k, j]]
        required_together: [[k, l]]
`,
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - block: [{include_role: {name: r}, vars: {o: {k: 1}}}]
      rescue: [{debug: {msg: "{{ ansible_failed_result.argument_errors }}"}}]
    - block: [{include_role: {name: r}, vars: {o: {k: 1, j: 2}}}]
      rescue: [{debug: {msg: "{{ ansible_failed_result.argument_errors }}"}}]
`,
    },
    says: [
      "a: ['parameters are required together: k, l found in o']",
      "a: ['parameters are mutually exclusive: k|j found in o']",
    ],
  },
  {
    name: 'items of a loop are lists where a filter gave tuples',
    args: ['-l', 'a'],
    tasks: `
      - debug: {msg: "{{ item }}"}
        loop: "{{ [1] | zip(['x']) }}"
      - debug: {msg: "{{ item }}"}
        loop: "{{ {'k': (1, 2)}.items() }}"`,
    says: ["a: [1, 'x']", "a: ['k', [1, 2]]"],
    lines: ["(item=[1, 'x'])", "(item=['k', [1, 2]])"],
  },
]);
