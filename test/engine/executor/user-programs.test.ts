import { type Case, tabulate } from './table.ts';

const ONE_HOST = ['-l', 'a'];

function play(tasks: string): string {
  return `- hosts: all\n  gather_facts: false\n  tasks:\n${tasks.replace(/^ {6}/gm, '    ')}\n`;
}

/** A program that answers with what it was given. */
const ECHO = '#!/bin/sh\n# WANT_JSON\nprintf \'{"given": %s}\' "$(cat "$1")"\n';

const cases: Case[] = [
  {
    name: 'a program that sources its arguments gets them as words',
    files: {
      'library/greet.sh': '#!/bin/sh\n. "$1"\nprintf \'{"msg": "%s"}\' "$name"\n',
      'play.yml': play(`
      - greet: {name: "it's $HOME; \`id\`"}
        register: r
      - debug: {msg: "{{ r.msg }}"}`),
    },
    says: ["a: it's $HOME; `id`"],
  },
  {
    name: 'WANT_JSON gets them as JSON, with what the run says of itself',
    files: {
      'library/echo.sh': ECHO,
      'play.yml': play(`
      - echo: {list: [1, "two"], text: "{{ 'x' * 3 }}"}
        register: r
      - debug: {msg: "{{ r.given.list }} {{ r.given.text }} {{ r.given._ansible_check_mode }} {{ r.given._ansible_module_name }} {{ r.given._ansible_verbosity }}"}`),
    },
    says: ["a: [1, 'two'] xxx False echo 0"],
  },
  {
    name: 'arguments may stand within the text',
    files: {
      'library/inline.sh':
        '#!/bin/sh\ncat <<\'END\'\n{"changed": true, "given": <<INCLUDE_ANSIBLE_MODULE_JSON_ARGS>>}\nEND\n',
      'play.yml': play(`
      - inline: {text: "a'b\\"c"}
        register: r
      - debug: {msg: "{{ r.given.text }} {{ r is changed }}"}`),
    },
    says: ['a: a\'b"c True'],
  },
  {
    name: 'it gets its own folder, which is gone afterwards',
    files: {
      'library/where.sh':
        '#!/bin/sh\n# WANT_JSON\nprintf \'{"folder": "%s", "modes": "%s"}\' "$(dirname "$1")" "$(cd "$(dirname "$1")" && echo $(stat -c %a . "$1" "$0"))"\n',
      'play.yml': play(`
      - where:
        register: r
      - debug: {msg: "{{ r.modes }}"}
      - stat: {path: "{{ r.folder }}"}
        register: s
      - debug: {msg: "{{ s.stat.exists }}"}`),
    },
    says: ['a: 700 600 600', 'a: False'],
  },
  {
    name: 'facts, warnings and a failure by rc are taken from the answer; what sets the connection is not',
    files: {
      'library/facts.sh':
        '#!/bin/sh\necho motd\necho \'{"ansible_facts": {"colour": "red", "ansible_connection": "ssh"}, "warnings": ["mind"], "_ansible_x": 1}\'\necho junk\n',
      'library/bad.sh': '#!/bin/sh\necho \'{"rc": 3, "msg": "no"}\'\n',
      'play.yml': play(`
      - facts:
        register: r
      - debug: {msg: "{{ colour }} {{ r.warnings }} {{ '_ansible_x' in r }}"}
      - bad:
        ignore_errors: true
        register: r
      - debug: {msg: "{{ r is failed }} {{ r.msg }}"}`),
    },
    says: [
      "a: red ['Module invocation had junk after the JSON data: junk', 'mind', 'Removed unexpected internal key in module return: _ansible_x = 1'] False",
      'a: True no',
    ],
  },
  {
    name: 'without an answer the result has what was printed',
    files: {
      'library/mute.sh': '#!/bin/sh\necho out; echo err >&2; exit 4\n',
      'play.yml': play(`
      - mute:
        ignore_errors: true
        register: r
      - debug: {msg: "{{ r.rc }} {{ r.module_stdout | trim }} {{ r.module_stderr | trim }} {{ r.msg.splitlines()[0] }}"}`),
    },
    says: ['a: 4 out err MODULE FAILURE: No start of json char found'],
  },
  {
    name: 'an interpreter that is not there is named; a variable names another',
    files: {
      'library/by_env': '#!/usr/bin/env -S nowhere-to-be-found -x\n',
      'library/odd': '#!/opt/none/odd\necho \'{"msg": "by sh"}\'\n',
      'play.yml': play(`
      - odd:
        ignore_errors: true
        register: r
      - debug: {msg: "{{ r.msg.splitlines()[1] }}"}
      - by_env:
        ignore_errors: true
        register: r
      - debug: {msg: "{{ r.msg.splitlines()[1].split(',')[0] }}"}
      - odd:
        vars: {ansible_odd_interpreter: /bin/sh}
        register: r
      - debug: {msg: "{{ r.msg }}"}`),
    },
    says: [
      'a: odd runs on the host by /opt/none/odd, which is not there: install it, or name another in ansible_odd_interpreter',
      'a: by_env runs on the host by nowhere-to-be-found',
      'a: by sh',
    ],
  },
  {
    name: 'check mode runs only a program that knows of it',
    args: ['--check'],
    files: {
      'library/knows.sh':
        '#!/bin/sh\n# WANT_JSON\ngrep -q \'"_ansible_check_mode": true\' "$1" && echo \'{"changed": true}\'\n',
      'library/blind.sh': '#!/bin/sh\necho \'{"changed": true}\'\n',
      'play.yml': play(`
      - knows:
        register: r
      - debug: {msg: "{{ r is changed }}"}
      - blind:
        register: r
      - debug: {msg: "{{ r is skipped }} {{ r.msg }}"}`),
    },
    says: ['a: True', 'a: True remote module (blind) does not support check mode'],
  },
  {
    name: 'one beside the playbook counts before a role, a role before what is built in; ansible.builtin is built in',
    files: {
      'library/ping.sh': '#!/bin/sh\necho \'{"from": "playbook"}\'\n',
      'roles/r/library/ping.sh': '#!/bin/sh\necho \'{"from": "role"}\'\n',
      'roles/r/library/slurp': '#!/bin/sh\necho \'{"from": "role"}\'\n',
      'roles/r/tasks/main.yml': '- ping:\n  register: r\n- debug: {msg: "{{ r.from }}"}\n',
      'play.yml': `- hosts: all
  gather_facts: false
  roles: [r]
  tasks:
    - slurp:
      register: r
    - debug: {msg: "{{ r.from }}"}
    - ansible.builtin.ping:
      register: r
    - debug: {msg: "{{ r.ping }}"}
    - action: "{{ 'ping' }}"
      register: r
    - debug: {msg: "{{ r.from }}"}
`,
    },
    says: ['a: playbook', 'a: role', 'a: pong', 'a: playbook'],
  },
  {
    name: 'of a collection on disk, by its full name and by collections:',
    files: {
      'collections/ansible_collections/my/own/plugins/modules/hi.sh': '#!/bin/sh\necho \'{"msg": "hi"}\'\n',
      'play.yml': `- hosts: all
  gather_facts: false
  collections: [my.own]
  tasks:
    - my.own.hi:
      register: r
    - hi:
      register: s
    - debug: {msg: "{{ r.msg }} {{ s.msg }}"}
`,
    },
    says: ['a: hi hi'],
  },
];

tabulate('programs of the user', cases.map((one) => ({ args: ONE_HOST, ...one })).map(onOneHost));

function onOneHost(one: Case): Case {
  return { ...one, args: [...new Set([...ONE_HOST, ...(one.args ?? [])])] };
}
