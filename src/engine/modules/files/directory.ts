import type { Change } from '../../model/change.ts';
import type { Value } from '../../model/value.ts';
import type { Plan } from '../types.ts';
import { stateWord } from './facts.ts';
import { factsAfter, ownerProblem, type Target } from './target.ts';
import { initialAttributes, type Wanted } from './wanted.ts';
import { attributesChange } from './write.ts';

/** Makes the folders of `missing`, outermost first, all with the same attributes. */
export function makeFolders(missing: readonly string[], target: Target, wanted: Wanted): Change[] {
  const attributes = initialAttributes(wanted, 0o777, target.context);
  return missing.map((path) => ({
    kind: 'directory' as const,
    summary: `make the folder ${path}`,
    path,
    attributes,
    diff: {
      before: new Map<Value, Value>([
        ['path', path],
        ['state', 'absent'],
      ]),
      after: new Map<Value, Value>([
        ['path', path],
        ['state', 'directory'],
      ]),
    },
  }));
}

/** `state: directory`; `below` is what recursion reaches. */
export function planDirectory(
  target: Target,
  wanted: Wanted,
  missing: readonly string[],
  below: readonly Target[],
): Plan {
  const { path, state } = target;
  if (!state) {
    const attributes = initialAttributes(wanted, 0o777, target.context);
    const made = { state: 'directory', size: 4096 } as const;
    return { changes: makeFolders(missing, target, wanted), result: { path, ...factsAfter(target, attributes, made) } };
  }
  if (state.kind !== 'directory') {
    return { changes: [], failed: `${path} already exists as a ${stateWord(state)}`, result: { path } };
  }
  const problem = ownerProblem(target);
  if (problem !== undefined) return { changes: [], failed: problem, result: { path } };
  const own = attributesChange(target, wanted);
  const inner = below.flatMap((each) => attributesChange(each, wanted) ?? []);
  const attributes = own?.kind === 'attributes' ? own.attributes : {};
  return { changes: [...(own ? [own] : []), ...inner], result: { path, ...factsAfter(target, attributes) } };
}
