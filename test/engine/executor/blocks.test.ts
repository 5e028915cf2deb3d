import { tabulate } from './table.ts';

tabulate('block, rescue, always', [
  {
    name: 'a rescue catches, and the host goes on',
    args: ['-l', 'a'],
    tasks: `
      - block:
          - fail: {msg: oops}
          - debug: {msg: not reached}
        rescue:
          - debug: {msg: "{{ ansible_failed_task.name }}: {{ ansible_failed_result.msg }}"}
      - debug: {msg: after}`,
    says: ['a: fail: oops', 'a: after'],
    recap: ['a ok=2 failed=0 rescued=1'],
  },
  {
    name: 'always runs after a failure, which then counts',
    args: ['-l', 'a'],
    tasks: `
      - block:
          - fail: {msg: oops}
        always:
          - debug: {msg: always}
      - debug: {msg: not reached}`,
    says: ['a: always'],
    recap: ['a failed=1 rescued=0'],
    code: 2,
  },
  {
    name: 'a failing always after a good rescue fails the host',
    args: ['-l', 'a'],
    tasks: `
      - block:
          - fail: {msg: one}
        rescue:
          - debug: {msg: rescued}
        always:
          - fail: {msg: two}`,
    says: ['a: rescued'],
    code: 2,
  },
  {
    name: 'a failure in a rescue goes to the block around',
    args: ['-l', 'a'],
    tasks: `
      - block:
          - block:
              - fail: {msg: inner}
            rescue:
              - fail: {msg: in rescue}
        rescue:
          - debug: {msg: "{{ ansible_failed_result.msg }}"}`,
    says: ['a: in rescue'],
    recap: ['a rescued=2 failed=0'],
  },
  {
    name: 'when, vars and tags of a block hold for what is in it',
    args: ['-l', 'a,b', '-t', 'x'],
    tasks: `
      - block:
          - debug: {msg: "{{ v }}"}
          - debug: {msg: other}
            when: inventory_hostname == 'b'
        vars: {v: from block}
        when: inventory_hostname == 'a'
        tags: x
      - debug: {msg: untagged}`,
    says: ['a: from block'],
  },
  {
    name: 'only the hosts that failed are rescued; the others wait for nobody',
    args: ['-l', 'a,b'],
    tasks: `
      - block:
          - fail: {msg: oops}
            when: inventory_hostname == 'a'
          - debug: {msg: main}
        rescue:
          - debug: {msg: rescue}
      - debug: {msg: end}`,
    says: ['b: main', 'a: rescue', 'a: end', 'b: end'],
  },
]);
