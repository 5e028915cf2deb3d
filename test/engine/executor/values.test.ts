import { tabulate } from './table.ts';

tabulate('values on their way', [
  {
    name: 'a variable that is null is defined, and false',
    args: ['-l', 'a'],
    play: 'vars: {nothing: null}',
    tasks: `
      - {debug: {msg: no}, when: nothing}
      - debug: {msg: "{{ nothing is defined }} {{ nothing is none }}"}`,
    says: ['a: True True'],
  },
  {
    name: 'facts hold lists where a filter gave tuples',
    args: ['-l', 'a'],
    tasks: `
      - set_fact: {pairs: "{{ [{'k': 1}] | groupby('k') }}"}
      - debug: {msg: "{{ pairs == [[1, [{'k': 1}]]] }}"}`,
    says: ['a: True'],
  },
  {
    name: 'a turn of a loop sees the hosts that earlier turns made',
    args: ['-l', 'a'],
    tasks: `
      - add_host: {name: "{{ item }}", groups: made}
        loop: [x, y, x]
        register: added
      - debug: {msg: "{{ added.results | map(attribute='changed') | join(' ') }}"}`,
    says: ['a: True True False'],
  },
  {
    name: 'a quiet assert says nothing; what is for output alone is not registered',
    args: ['-l', 'a'],
    tasks: `
      - assert: {that: true, quiet: true}
        register: it
      - debug: {msg: "{{ it.keys() | select('match', '_ansible') | list }}"}`,
    says: ['a: []'],
  },
  {
    name: 'conditions of assert are expressions, delimiters or not',
    args: ['-l', 'a'],
    play: 'vars: {foo: bar}',
    tasks: `
      - assert: {that: ['"{{ foo }}" == "bar"', foo == "bar"]}
      - assert: {that: ["'{{ foo }}' == 'other'"]}
        ignore_errors: true
        register: wrong
      - assert: {that: ["{{ foo }} == 'other'"]}
        ignore_errors: true
        register: bare
      - debug: {msg: "{{ wrong is failed }} {{ bare is failed }}"}`,
    says: ['a: True True'],
  },
]);
