import { Condition } from '../../template/compile.ts';
import type { Rule } from '../types.ts';

export const jinjaInWhen: Rule = {
  name: 'jinja-in-when',
  severity: 'warning',
  docs: {
    what: 'Braces in a condition (`when`, `until`, `changed_when`, `failed_when`, `that` of assert).',
    why: 'A condition is an expression already. With braces its value is evaluated a second time, which Ansible refuses where the value came from a host.',
    bad: '- hosts: all\n  tasks:\n    - name: Say hello\n      ansible.builtin.debug:\n        msg: hello\n      when: "{{ greet }}"',
    good: '- hosts: all\n  vars:\n    greet: true\n  tasks:\n    - name: Say hello\n      ansible.builtin.debug:\n        msg: hello\n      when: greet',
  },
  all: ({ texts }) =>
    texts.flatMap((text) => {
      if (!(text instanceof Condition) || !text.position || !/\{\{|\{%/.test(text.text)) return [];
      return [{ message: 'braces in a condition', position: text.position, hint: 'write the expression alone' }];
    }),
};
