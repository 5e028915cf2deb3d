import { TsplayError } from '../../model/errors.ts';
import type { Block, Role, Task } from '../../model/playbook.ts';
import type { Raw } from '../../model/value.ts';
import { checkLiteralArgs } from '../../modules/args/check.ts';
import { type Arguments, coerceArgs } from '../../modules/args/coerce.ts';
import { findModule } from '../../modules/registry.ts';
import type { TaskAt } from '../content.ts';
import { deferredIn } from '../read/deferred.ts';
import type { Problem, Rule } from '../types.ts';

export const moduleArguments: Rule = {
  name: 'module-arguments',
  severity: 'error',
  docs: {
    what: 'Arguments that a module does not have, that it needs and does not get, of a wrong type, or that exclude each other. What a template gives counts as right.',
    why: 'The task fails on every host.',
    bad: '- hosts: all\n  tasks:\n    - name: Write the file\n      ansible.builtin.copy:\n        dest: /srv/x\n        contnet: hello',
    good: '- hosts: all\n  tasks:\n    - name: Write the file\n      ansible.builtin.copy:\n        dest: /srv/x\n        content: hello',
  },
  async task(at) {
    const { task } = at;
    if (task.deferredAction || task.unavailable) return [];
    const definition = await findModule(task.action);
    return definition ? check(definition, at) : [];
  },
};

async function check(definition: Arguments, { task, place }: TaskAt): Promise<Problem[]> {
  const { args, argPositions, position } = task;
  // More arguments may come from elsewhere: then none can be said to be missing.
  const complete = task.deferredArgs === undefined && !hasDefaults(task) && !place.play?.keywords.module_defaults;
  const failure = complete && isLiteral(definition, args) ? failureOf(definition, task) : 'unknown';
  if (!failure) return [];
  const problems = (await checkLiteralArgs(definition, args, argPositions))
    .filter((problem) => complete || problem.argument !== undefined)
    .map((problem) => ({ ...problem, position: problem.position ?? position }));
  return problems.length > 0 || failure === 'unknown' ? problems : [failure];
}

/** What a run says of arguments that are all literal. */
function failureOf(definition: Arguments, { args, argPositions, position }: Task): Problem | undefined {
  try {
    coerceArgs(definition, args, { position, argPositions });
    return undefined;
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    return { message: `${definition.name}: ${error.message}`, position: error.position ?? position };
  }
}

/** Whether a run gets the arguments exactly as they are written. */
function isLiteral(definition: Arguments, args: ReadonlyMap<string, Raw>): boolean {
  return [...args].every(([name, value]) => {
    const left = Object.hasOwn(definition.args, name) && definition.args[name]!.deferred;
    return left || deferredIn(value, new Set()).next().done;
  });
}

function hasDefaults({
  keywords,
  parent,
  role,
}: {
  keywords: Task['keywords'];
  parent?: Block | Task | undefined;
  role?: Role | undefined;
}): boolean {
  if (keywords.module_defaults) return true;
  if (parent) return hasDefaults(parent);
  return role?.tasks.keywords.module_defaults !== undefined;
}
