import { tabulate } from './table.ts';

tabulate('clear_host_errors', [
  {
    name: 'a failure that is pardoned in always is none: the play goes on, and ends well',
    args: ['-l', 'a'],
    tasks: `
      - block:
          - fail: {msg: one}
        rescue:
          - fail: {msg: two}
        always:
          - meta: clear_host_errors
      - debug: {msg: after}`,
    says: ['a: after'],
    code: 0,
    recap: ['a failed=1 rescued=1'],
  },
  {
    name: 'without it the host is lost',
    args: ['-l', 'a'],
    tasks: `
      - block:
          - fail: {msg: one}
        always:
          - debug: {msg: always}
      - debug: {msg: after}`,
    says: ['a: always'],
    code: 2,
  },
]);
