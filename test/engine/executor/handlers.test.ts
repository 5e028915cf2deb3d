import { tabulate } from './table.ts';

tabulate('handlers', [
  {
    name: 'a notified handler runs once, after the tasks, in the order of the list',
    args: ['-l', 'a'],
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - command: "true"
      notify: [second, first]
    - command: "true"
      notify: first
    - debug: {msg: last task}
  post_tasks:
    - debug: {msg: post}
  handlers:
    - {name: first, debug: {msg: first}}
    - {name: second, debug: {msg: second}}
    - {name: never, debug: {msg: never}}
`,
    },
    says: ['a: last task', 'a: first', 'a: second', 'a: post'],
    lines: ['TASK [command]', 'RUNNING HANDLER [first]', 'RUNNING HANDLER [second]'],
  },
  {
    name: 'unchanged tasks notify nobody; listen, templated names and flush_handlers',
    args: ['-l', 'a'],
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  vars: {which: web}
  tasks:
    - command: "true"
      changed_when: false
      notify: plain
    - command: "true"
      notify: topic
    - meta: flush_handlers
    - debug: {msg: after flush}
    - command: "true"
      notify: restart web
  handlers:
    - {name: plain, debug: {msg: plain}}
    - {name: one, debug: {msg: one}, listen: topic}
    - {name: two, debug: {msg: two}, listen: [topic, other]}
    - {name: "restart {{ which }}", debug: {msg: web}}
`,
    },
    says: ['a: one', 'a: two', 'a: after flush', 'a: web'],
  },
  {
    name: 'a handler that a later handler notifies still runs',
    args: ['-l', 'a'],
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - {command: "true", notify: two}
  handlers:
    - {name: one, debug: {msg: one}}
    - {name: two, command: "true", notify: one}
`,
    },
    says: ['a: one'],
  },
  {
    name: 'a failed host runs its handlers only when they are forced',
    args: ['-l', 'a,b', '--force-handlers'],
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - {command: "true", notify: h}
    - fail: {msg: no}
      when: inventory_hostname == 'a'
  handlers:
    - {name: h, debug: {msg: ran}}
- hosts: all
  gather_facts: false
  force_handlers: false
  tasks:
    - {command: "true", notify: h}
    - fail: {msg: no}
  handlers:
    - {name: h, debug: {msg: not forced}}
`,
    },
    says: ['a: ran', 'b: ran'],
    code: 2,
  },
  {
    name: 'handlers may stand in a block, under its conditions',
    args: ['-l', 'a'],
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - {command: "true", notify: [h, i, j]}
  handlers:
    - when: false
      block:
        - {name: h, debug: {msg: not run}}
    - block:
        - {name: i, debug: {msg: i}}
        - {name: j, debug: {msg: j}}
`,
    },
    says: ['a: i', 'a: j'],
  },
]);
