import { tabulate } from './table.ts';

tabulate('notifications', [
  {
    name: 'handlers that notify each other run once a flush, and what is left runs at the next',
    args: ['-l', 'a'],
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - {command: "true", notify: one}
    - meta: flush_handlers
    - debug: {msg: between}
  handlers:
    - {name: one, debug: {msg: one}, changed_when: true, notify: two}
    - {name: two, debug: {msg: two}, changed_when: true, notify: one}
`,
    },
    lines: ['[one]', '[two]', '"msg": "between"', '[one]', '[two]', '[one]', '[two]'],
    recap: ['a ok=8'],
  },
  {
    name: 'a handler that notifies itself does not run again for that',
    args: ['-l', 'a'],
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks: [{command: "true", notify: self}]
  handlers: [{name: self, debug: {msg: self}, changed_when: true, notify: self}]
`,
    },
    recap: ['a ok=2'],
  },
  {
    name: 'a topic is a text: a template in it is none',
    args: ['-l', 'a'],
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  vars: {topic: real}
  tasks: [{command: "true", notify: [real]}]
  handlers: [{name: h, debug: {msg: h}, listen: "{{ topic }}"}, {name: i, debug: {msg: i}, listen: real}]
`,
    },
    says: ['a: i'],
  },
  {
    name: 'of handlers of one name in one list that listen, the first runs',
    args: ['-l', 'a'],
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks: [{command: "true", notify: topic}]
  handlers: [{name: h, debug: {msg: first}, listen: topic}, {name: h, debug: {msg: last}, listen: topic}]
`,
    },
    says: ['a: first'],
  },
  {
    name: "topics and names of a role's handlers may carry its name; roles that a role imports bring theirs",
    args: ['-l', 'a'],
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - include_role: {name: outer}
    - {command: "true", notify: ["inner : topic", "inner : named"]}
`,
      'roles/outer/tasks/main.yml': '- import_role: {name: inner}\n',
      'roles/inner/tasks/main.yml': '- debug: {msg: inner task}\n',
      'roles/inner/handlers/main.yml': `
- {name: one, debug: {msg: by topic}, listen: topic}
- {name: named, debug: {msg: by name}}
`,
    },
    says: ['a: inner task', 'a: by topic', 'a: by name'],
  },
  {
    name: 'what a handler includes is announced as a handler',
    args: ['-l', 'a'],
    files: {
      'play.yml': `
- hosts: all
  gather_facts: false
  tasks: [{command: "true", notify: h}]
  handlers: [{name: h, include_tasks: more.yml}]
`,
      'more.yml': '- {name: inside, debug: {msg: inside}}\n',
    },
    says: ['a: inside'],
    lines: ['RUNNING HANDLER [h]', 'RUNNING HANDLER [inside]'],
  },
]);
