import { tabulate } from './table.ts';

tabulate('loops', [
  {
    name: 'loop',
    args: ['-l', 'a'],
    tasks: '- debug: {msg: "{{ item }}"}\n  loop: [1, two]',
    says: ['a: 1', 'a: two'],
  },
  {
    name: 'with_items flattens one level',
    args: ['-l', 'a'],
    tasks: '- debug: {msg: "{{ item }}"}\n  with_items: [1, [2, 3]]',
    says: ['a: 1', 'a: 2', 'a: 3'],
  },
  {
    name: 'with_dict and with_nested',
    args: ['-l', 'a'],
    tasks: `
      - debug: {msg: "{{ item.key }}={{ item.value }}"}
        with_dict: {x: 1, y: 2}
      - debug: {msg: "{{ item[0] }}{{ item[1] }}"}
        with_nested: [[a, b], [1]]`,
    says: ['a: x=1', 'a: y=2', 'a: a1', 'a: b1'],
  },
  {
    name: 'loop_control: names, index, label, extended',
    args: ['-l', 'a'],
    tasks: `
      - debug: {msg: "{{ i }} {{ x }} {{ ansible_loop.last }} {{ ansible_loop.previtem | default('-') }}"}
        loop: [p, q]
        loop_control: {loop_var: x, index_var: i, label: "L{{ x }}", extended: true}`,
    says: ['a: 0 p False -', 'a: 1 q True p'],
    lines: ['ok: [a] => (item=Lp)', 'ok: [a] => (item=Lq)'],
  },
  {
    name: 'break_when ends the loop',
    args: ['-l', 'a'],
    tasks: `
      - debug: {msg: "{{ item }}"}
        loop: [1, 2, 3]
        loop_control: {break_when: item == 2}`,
    says: ['a: 1', 'a: 2'],
  },
  {
    name: 'a condition is asked for each item; all skipped is skipped',
    args: ['-l', 'a'],
    tasks: `
      - debug: {msg: "{{ item }}"}
        loop: [1, 2, 3]
        when: item != 2
      - debug: {msg: "{{ item }}"}
        loop: [1]
        when: false
        register: r
      - debug: {msg: "{{ r is skipped }} {{ r.results | length }}"}`,
    says: ['a: 1', 'a: 3', 'a: True 1'],
    recap: ['a skipped=1'],
  },
  {
    name: 'an empty loop is skipped; an undefined one fails unless it would not run',
    args: ['-l', 'a'],
    tasks: `
      - debug: {msg: never}
        loop: []
      - debug: {msg: never}
        loop: "{{ nowhere }}"
        when: false
      - debug: {msg: never}
        loop: "{{ nowhere }}"`,
    recap: ['a skipped=2 failed=1'],
    code: 2,
  },
  {
    name: 'facts set in a turn are seen by the next; results are kept',
    args: ['-l', 'a'],
    tasks: `
      - set_fact: {sum: "{{ (sum | default(0) | int) + item }}"}
        loop: [1, 2, 3]
        register: r
      - debug: {msg: "{{ sum }} {{ r.results | map(attribute='item') | list }}"}`,
    says: ['a: 6 [1, 2, 3]'],
  },
]);

tabulate('until and retries', [
  {
    name: 'until is asked after each try; retries: 5 means six',
    args: ['-l', 'a'],
    tasks: `
      - command: "true"
        register: r
        until: r.attempts == 3
        retries: 5
        delay: 0
      - debug: {msg: "{{ r.attempts }}"}
      - command: "false"
        retries: 2
        delay: 0
        register: f
        ignore_errors: true
      - debug: {msg: "{{ f.attempts }} {{ f is failed }}"}`,
    says: ['a: 3', 'a: 2 True'],
    lines: ['FAILED - RETRYING: [a]: command (5 retries left).', 'FAILED - RETRYING: [a]: command (4 retries left).'],
  },
  {
    name: 'retry with backoff, ours',
    args: ['-l', 'a'],
    tasks: `
      - command: "false"
        retry: {times: 2, delay: 0, backoff: exponential, max: 1, jitter: true}
        register: f
        ignore_errors: true
      - debug: {msg: "{{ f.attempts }}"}`,
    says: ['a: 2'],
  },
]);
