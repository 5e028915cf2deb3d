import type { Role } from '../../model/playbook.ts';
import { nearest } from '../../template/names.ts';
import type { Content } from '../content.ts';
import type { Problem, Rule } from '../types.ts';
import { bringsUnknownVariables, definedNames } from '../variables/defined.ts';
import { namesAround } from '../variables/neighbours.ts';
import { sourcesOf } from '../variables/sources.ts';

export const undefinedVariable: Rule = {
  name: 'undefined-variable',
  severity: 'warning',
  docs: {
    what: 'A variable that nothing defines in all that was looked at, nor in the inventories and variable files beside it, and that has no default. Facts are left out. In a role that does not declare its parameters (meta/argument_specs.yml) only a name that is close to a defined one is told. Nothing is said where variables come from files or roles that only a run knows.',
    why: 'The task fails when it uses it; mostly the name is misspelt. If it comes from the command line, give it a default or silence the rule.',
    bad: '- hosts: all\n  vars:\n    app_port: 8080\n    app_url: "http://localhost:{{ app_prot }}/"\n  tasks:\n    - name: Show the address\n      ansible.builtin.debug:\n        msg: "{{ app_url }}"',
    good: '- hosts: all\n  vars:\n    app_port: 8080\n    app_url: "http://localhost:{{ app_port }}/"\n  tasks:\n    - name: Show the address\n      ansible.builtin.debug:\n        msg: "{{ app_url }}"',
  },
  all(content) {
    if (isOpen(content)) return [];
    const sources = sourcesOf(content);
    const known = definedNames(content);
    for (const { names } of sources) for (const name of [...names.bound, ...names.guarded]) known.add(name);
    const unknown = (name: string) => !known.has(name) && !IS_FACT.test(name);
    if (!sources.some(({ names }) => [...names.used.keys()].some(unknown))) return [];
    const ours = [...known];
    const around = namesAround(content);
    if (!around) return [];
    for (const name of around) known.add(name);
    return sources.flatMap(({ names, parsed, role }) =>
      [...names.used].flatMap(([name, offset]): Problem[] => {
        if (!unknown(name)) return [];
        const meant = name.length > 3 ? nearest(name, ours) : undefined;
        // An undeclared parameter is told only where it can hardly be one: `app_host` beside `app_port` may well be.
        if (role && !role.argumentSpec && !(meant && isSlip(name, meant))) return [];
        const hint = meant ? `did you mean "${meant}"?` : adviceFor(role);
        return [{ message: `'${name}' is defined nowhere`, position: parsed.at(offset), hint }];
      }),
    );
  },
};

const IS_FACT = /^(ansible_|getent_)/;

/** Whether there may be variables that cannot be seen: in what could not be read, or is chosen by a run. */
function isOpen({ errors, encrypted, tasks, plays }: Content): boolean {
  const files = plays.flatMap(({ play }) => play.varsFiles.flat());
  return (
    errors.length > 0 ||
    encrypted ||
    files.some((name) => typeof name !== 'string') ||
    tasks.some(({ task }) => bringsUnknownVariables(task))
  );
}

/** Whether a letter is missing or too many, or two are swapped. */
function isSlip(wrong: string, right: string): boolean {
  let start = 0;
  while (start < wrong.length && wrong[start] === right[start]) start += 1;
  const [a, b] = [wrong.slice(start), right.slice(start)];
  if (a.slice(1) === b || a === b.slice(1)) return true;
  return a.slice(2) === b.slice(2) && a[0] === b[1] && a[1] === b[0];
}

function adviceFor(role: Role | undefined): string {
  return role ? 'declare it in meta/argument_specs.yml, or give it a default' : 'define it, or give it a default';
}
