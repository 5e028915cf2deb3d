import { tabulate } from './table.ts';

tabulate('hosts of a play', [
  {
    name: 'tasks go host by host in step, and plays follow each other',
    files: {
      'play.yml': `
- hosts: a,b
  gather_facts: false
  tasks: [{debug: {msg: 1}}, {debug: {msg: 2}}]
- hosts: c
  gather_facts: false
  tasks: [{debug: {msg: 3}}]
`,
    },
    says: ['a: 1', 'b: 1', 'a: 2', 'b: 2', 'c: 3'],
  },
  {
    name: 'serial cuts into batches',
    play: 'serial: [1, 2]',
    tasks: '- debug: {msg: "{{ ansible_play_batch }} of {{ ansible_play_hosts_all }}"}\n  run_once: true',
    says: ["a: ['a'] of ['a', 'b', 'c']", "b: ['b', 'c'] of ['a', 'b', 'c']"],
  },
  {
    name: 'run_once gives its result to all',
    tasks: `
      - command: echo once
        run_once: true
        register: r
      - debug: {msg: "{{ r.stdout }}"}`,
    says: ['a: once', 'b: once', 'c: once'],
    recap: ['a ok=2', 'b ok=1'],
  },
  {
    name: 'run_once of an include takes one host through what is included',
    tasks: `
      - include_tasks: "{{ playbook_dir }}/said.yml"
        run_once: true
        loop: [1, 2]
      - debug: {msg: after}`,
    files: { 'said.yml': '- debug: {msg: "{{ item }}"}' },
    says: ['a: 1', 'a: 2', 'a: after', 'b: after', 'c: after'],
  },
  {
    name: 'a failed host takes no part any more; others go on',
    tasks: `
      - fail: {msg: nope}
        when: inventory_hostname == 'b'
      - debug: {msg: going}`,
    says: ['a: going', 'c: going'],
    recap: ['b failed=1 ok=0'],
    code: 2,
  },
  {
    name: 'any_errors_fatal ends it for all, after their rescue',
    play: 'any_errors_fatal: true',
    tasks: `
      - block:
          - fail: {msg: nope}
            when: inventory_hostname == 'b'
        rescue:
          - debug: {msg: rescued}
      - fail: {msg: nope}
        when: inventory_hostname == 'b'
      - debug: {msg: never}`,
    says: ['a: rescued', 'b: rescued', 'c: rescued'],
    code: 2,
  },
  {
    name: 'max_fail_percentage bears that many',
    play: 'max_fail_percentage: 40',
    tasks: `
      - fail: {msg: nope}
        when: inventory_hostname == 'a'
      - debug: {msg: going on}
      - fail: {msg: nope}
        when: inventory_hostname == 'b'
      - debug: {msg: never}`,
    says: ['b: going on', 'c: going on'],
    code: 2,
  },
  {
    name: 'ignore_errors and ignore_unreachable go on',
    args: ['-l', 'a'],
    tasks: `
      - fail: {msg: nope}
        ignore_errors: true
        register: r
      - debug: {msg: "{{ r is failed }} {{ r.msg }}"}`,
    says: ['a: True nope'],
    lines: ['fatal: [a]: FAILED!', '...ignoring'],
    recap: ['a ok=2 failed=0 ignored=1'],
  },
  {
    name: 'meta ends a host, a play, a batch',
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - meta: end_host
      when: inventory_hostname == 'a'
    - debug: {msg: 1}
    - meta: end_play
    - debug: {msg: never}
- hosts: all
  gather_facts: false
  tasks: [{debug: {msg: 2}}]
`,
    },
    says: ['b: 1', 'c: 1', 'a: 2', 'b: 2', 'c: 2'],
  },
  {
    name: 'delegate_to works elsewhere, and registers here',
    args: ['-l', 'a'],
    tasks: `
      - command: echo here
        delegate_to: localhost
        register: r
      - debug: {msg: "{{ r.stdout }} {{ inventory_hostname }}"}
      - set_fact: {f: 1}
        delegate_to: b
        delegate_facts: true
      - debug: {msg: "{{ f is defined }} {{ hostvars.b.f }}"}`,
    says: ['a: here a', 'a: False 1'],
    lines: ['changed: [a -> localhost]'],
  },
  {
    name: 'strategy free lets each host go as fast as it can',
    play: 'strategy: free',
    args: ['-l', 'a'],
    tasks: '- debug: {msg: 1}\n- debug: {msg: 2}',
    says: ['a: 1', 'a: 2'],
  },
  {
    name: 'the environment adds up, inner levels win',
    play: 'environment: {ONE: play, TWO: play}',
    args: ['-l', 'a'],
    tasks: `
      - shell: echo $ONE $TWO $THREE
        environment: {TWO: task, THREE: "{{ 1 + 2 }}"}
        register: r
      - debug: {msg: "{{ r.stdout }}"}`,
    says: ['a: play task 3'],
  },
  {
    name: 'no_log hides the result, and the registered value is still there',
    args: ['-l', 'a'],
    tasks: `
      - command: echo s3cret
        no_log: true
        register: r
      - debug: {msg: "{{ r.stdout | length }}"}`,
    says: ['a: 6'],
  },
  {
    name: 'check mode runs no command and says so; creates decides',
    args: ['-l', 'a', '--check'],
    tasks: `
      - command: touch /nowhere
        register: r
      - command: {cmd: touch /etc/passwd, creates: /etc/passwd}
        register: c
      - command: echo ran
        check_mode: false
        register: o
      - debug: {msg: "{{ r is skipped }} {{ c is changed }} {{ o.stdout }} {{ ansible_check_mode }}"}`,
    says: ['a: True False ran True'],
  },
  {
    name: 'refresh_inventory keeps the hosts and groups that tasks made',
    args: ['-l', 'a,new'],
    tasks: `
      - {add_host: {name: new, groups: [made], n: 1}}
      - {group_by: {key: "of_{{ inventory_hostname }}"}}
      - meta: refresh_inventory
      - {debug: {msg: "{{ groups.made }} {{ groups.of_a }} {{ hostvars.new.n }}"}}`,
    says: ["a: ['new'] ['a'] 1"],
  },
  {
    name: 'tags: never, where no tags are asked for',
    args: ['-l', 'a'],
    tasks: `
      - {debug: {msg: plain}}
      - {debug: {msg: hidden}, tags: [never, z]}
      - block:
          - {debug: {msg: hidden too}}
        tags: never`,
    says: ['a: plain'],
  },
  {
    name: 'tags: always, never, tagged, skipped',
    args: ['-l', 'a', '-t', 'x', '--skip-tags', 'y'],
    tasks: `
      - {debug: {msg: always}, tags: always}
      - {debug: {msg: never}, tags: [never, z]}
      - {debug: {msg: x}, tags: x}
      - {debug: {msg: xy}, tags: [x, y]}
      - {debug: {msg: none}}`,
    says: ['a: always', 'a: x'],
  },
  {
    name: 'precedence: extra vars over facts over task vars over play vars; undefined has a name',
    args: ['-l', 'a', '-e', 'e=extra', '-e', '{"j": [1, 2]}'],
    play: 'vars: {e: play, f: play, t: play, p: play, lazy: "{{ t }}"}',
    tasks: `
      - set_fact: {f: fact, e: fact}
      - debug: {msg: "{{ e }} {{ f }} {{ t }} {{ p }} {{ lazy }} {{ j[1] }}"}
        vars: {e: task, f: task, t: task}
      - debug: {msg: "{{ nowhere.at.all }}"}`,
    says: ['a: extra fact task play task 2'],
    lines: ["'nowhere' is undefined"],
    code: 2,
  },
  {
    name: 'a variable that needs itself is named with its circle',
    args: ['-l', 'a'],
    play: 'vars: {x: "{{ y }}", y: "{{ x }}"}',
    tasks: '- debug: {msg: "{{ x }}"}',
    lines: ['x -> y -> x'],
    code: 2,
  },
]);
