import { Deferred, type Raw } from '../../model/value.ts';
import type { Rule } from '../types.ts';

export const loopList: Rule = {
  name: 'loop-list',
  severity: 'error',
  docs: {
    what: '`loop` over something that is no list: a text, a number, a mapping.',
    why: 'The task fails on every host. Often the braces of a template are missing, or `dict2items`.',
    bad: '- hosts: all\n  vars:\n    packages: [curl, jq]\n  tasks:\n    - name: Install them\n      ansible.builtin.package:\n        name: "{{ item }}"\n      loop: packages',
    good: '- hosts: all\n  vars:\n    packages: [curl, jq]\n  tasks:\n    - name: Install them\n      ansible.builtin.package:\n        name: "{{ item }}"\n      loop: "{{ packages }}"',
  },
  task({ task }) {
    const { loop } = task.keywords;
    if (loop === undefined || loop === null || loop instanceof Deferred || Array.isArray(loop)) return [];
    return [{ message: `loop needs a list, but is ${kindOf(loop)}`, position: task.position, hint: hintFor(loop) }];
  },
};

function kindOf(loop: Raw): string {
  if (loop instanceof Map) return 'a mapping';
  return typeof loop === 'string' ? `the text "${loop}"` : 'a single value';
}

function hintFor(loop: Raw): string {
  if (loop instanceof Map) return 'give it to dict2items in a template';
  return typeof loop === 'string' && /^[A-Za-z_][\w.]*$/.test(loop) ? `write "{{ ${loop} }}"` : 'write `[...]`';
}
