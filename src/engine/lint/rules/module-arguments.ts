import { TsplayError } from '../../model/errors.ts';
import type { Block, Role, Task } from '../../model/playbook.ts';
import type { Raw } from '../../model/value.ts';
import { checkLiteralArgs } from '../../modules/args/check.ts';
import { type Arguments, coerceArgs } from '../../modules/args/coerce.ts';
import { findModule } from '../../modules/registry.ts';
import type { ArgSpec } from '../../modules/types.ts';
import { deferredIn } from '../../template/deferred-in.ts';
import type { TaskAt } from '../content.ts';
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
    // What a module of the user takes is known only to whoever runs it.
    const definition = task.source === undefined ? await findModule(task.action) : undefined;
    return definition ? check(definition, at) : [];
  },
};

async function check(definition: Arguments, { task, place }: TaskAt): Promise<Problem[]> {
  // More arguments may come from elsewhere: then none can be said to be missing.
  const complete = task.deferredArgs === undefined && !hasDefaults(task) && !place.play?.keywords.module_defaults;
  const failure = failureOf(definition, task, complete);
  if (!failure) return [];
  // All that is wrong, in words for a reader; the run's own where these say nothing.
  const problems = (await checkLiteralArgs(definition, task.args, task.argPositions))
    .filter((problem) => complete || problem.argument !== undefined)
    .map((problem) => ({ ...problem, position: problem.position ?? task.position }));
  return problems.length > 0 ? problems : [failure];
}

/** What a run says of the arguments that are literal. */
function failureOf(definition: Arguments, task: Task, complete: boolean): Problem | undefined {
  const { argPositions, position } = task;
  const literal = new Map([...task.args].filter(([name, value]) => isLiteral(definition, name, value)));
  const open = [...task.args.keys()].filter((name) => !literal.has(name));
  try {
    coerceArgs(known(definition, open, complete), literal, { position, argPositions });
    return undefined;
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    return { message: `${definition.name}: ${error.message}`, position: error.position ?? position };
  }
}

/** The definition without what depends on arguments that are templates, or come from elsewhere. */
function known(definition: Arguments, open: readonly string[], complete: boolean): Arguments {
  const isOpen = (name: string, { aliases = [] }: ArgSpec) => [name, ...aliases].some((each) => open.includes(each));
  const specs = Object.entries(definition.args)
    .filter(([name, spec]) => !isOpen(name, spec))
    .map(([name, spec]) => [name, complete ? spec : { ...spec, required: false }] as const);
  const { mutuallyExclusive = [] } = definition.rules ?? {};
  const rules = complete && open.length === 0 ? (definition.rules ?? {}) : { mutuallyExclusive };
  return { ...definition, args: Object.fromEntries(specs), rules };
}

/** Whether a run gets the argument exactly as it is written; a name that the module does not have is wrong with any value. */
function isLiteral({ args, freeForm }: Arguments, name: string, value: Raw): boolean {
  const spec = Object.hasOwn(args, name)
    ? args[name]
    : Object.values(args).find(({ aliases }) => aliases?.includes(name));
  if (spec ? spec.deferred : !freeForm || name !== '_raw_params') return true;
  return deferredIn(value, new Set()).next().done === true;
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
