import { basename } from 'node:path';
import { TsplayError } from '../../model/errors.ts';
import type { Value } from '../../model/value.ts';
import { fromPlain } from '../../playbook/content/plain.ts';
import { type Exports, located } from '../../playbook/content/scripts/script-loader.ts';
import { shownPath } from '../../playbook/loader.ts';
import type { ModuleDefinition, Plan, Result } from '../types.ts';

/**
 * The module that a script of the user defines (`library/NAME.ts`): its default export, or the only one that is a
 * definition. It gets the name of its file, and is held to what modules promise. Throws TsplayError where there is none.
 */
export function definitionModule(name: string, path: string, exported: Exports): ModuleDefinition {
  const candidates = exported['default'] === undefined ? Object.values(exported) : [exported['default']];
  const [definition, second] = candidates.filter(isDefinition);
  const position = { file: shownPath(path), line: 1, column: 1 };
  if (!definition || second) {
    throw new TsplayError('parse', `${basename(path)} does not export ${second ? 'just one' : 'a'} module`, {
      position,
      hint: 'export default defineModule({ summary, args, inspect, plan }); docs/extending.md shows how',
    });
  }
  const wrong = Object.entries(definition.args).find(([, spec]) => !TYPES.has(spec.type) || spec.deferred);
  if (wrong) {
    throw new TsplayError('parse', `argument ${wrong[0]} of ${basename(path)} has no type that is known`, {
      position,
      hint: `known are ${[...TYPES].join(', ')}`,
    });
  }
  return guarded({ ...definition, name, collection: 'ansible.legacy', aliases: [] }, path);
}

const TYPES: ReadonlySet<string> = new Set('str bool int float list dict path raw bytes bits json jsonarg'.split(' '));

function isDefinition(exported: unknown): exported is ModuleDefinition {
  if (typeof exported !== 'object' || exported === null) return false;
  const { args, plan } = exported as Partial<ModuleDefinition>;
  return typeof args === 'object' && args !== null && typeof plan === 'function';
}

/** A mistake of the script is told with its place, and what it gives is data. */
function guarded(definition: ModuleDefinition, path: string): ModuleDefinition {
  const { prepare, inspect, plan, report, afterApply } = definition;
  const safely = <A extends unknown[], R>(work: (...args: A) => R): ((...args: A) => R) => {
    return (...args) => {
      try {
        const answer = work.apply(definition, args);
        return isPromise(answer) ? (answer.catch(fail) as R) : answer;
      } catch (error) {
        return fail(error);
      }
    };
  };
  const fail = (error: unknown): never => {
    if (error instanceof TsplayError) throw error;
    const { message, position } = located(error, path);
    throw new TsplayError('module', message, { position, cause: error });
  };
  return {
    ...definition,
    plan: safely((args, before, inputs) => withData(plan.call(definition, args, before, inputs))),
    ...(prepare ? { prepare: safely(prepare) } : {}),
    ...(inspect ? { inspect: safely(inspect) } : {}),
    ...(report ? { report: safely((...given) => withData(report.apply(definition, given))) } : {}),
    ...(afterApply
      ? { afterApply: safely(async (...given) => withData(await afterApply.apply(definition, given))) }
      : {}),
  };
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { catch?: unknown }).catch === 'function';
}

function withData<P extends Partial<Plan>>(plan: P): P {
  if (Array.isArray(plan)) return withData({ changes: plan } as unknown as P);
  if (plan.result === undefined) return plan;
  const entries = Object.entries(plan.result).map(([key, value]): [string, Value] => [key, fromPlain(value)]);
  return { ...plan, result: Object.fromEntries(entries) as Result };
}
