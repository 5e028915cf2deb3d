import type { ArgumentSpec, Role, Task } from '../model/playbook.ts';
import type { Raw, Value } from '../model/value.ts';

/** The task that a role with an argument spec begins with: it checks what the role was given. */
export function validationTask(role: Role, { entryPoint, description, options }: ArgumentSpec): Task {
  const title = `Validating arguments against arg spec '${entryPoint}'`;
  return {
    kind: 'task',
    action: 'validate_argument_spec',
    written: 'ansible.builtin.validate_argument_spec',
    args: new Map<string, Raw>([
      ['argument_spec', options],
      ['provided_arguments', new Map<Value, Raw>(role.params)],
      [
        'validate_args_context',
        new Map<Value, Value>([
          ['argument_spec_name', entryPoint],
          ['name', role.name],
          ['path', role.path],
          ['type', 'role'],
        ]),
      ],
    ]),
    argPositions: new Map(),
    isHandler: false,
    keywords: { name: description === undefined ? title : `${title} - ${description}`, tags: ['always'] },
    position: role.position,
    parent: role.tasks,
    role,
  };
}
