import type { Dict, Value } from '../../model/value.ts';
import type { Context, Tests } from '../types.ts';
import { dictGet, equal, fail, truthy } from '../values.ts';

export const tests: Tests = {
  change: (value) => isChanged(requireResult(value, 'changed')),
  changed: (value) => isChanged(requireResult(value, 'changed')),
  failed: says('failed'),
  failure: says('failed'),
  finished: (value, _args, _kwargs, context) => isAsync(value, 'finished', context),
  reachable: (value) => !says('unreachable')(value),
  skip: says('skipped'),
  skipped: says('skipped'),
  started: (value, _args, _kwargs, context) => isAsync(value, 'started', context),
  succeeded: (value) => !says('failed')(value),
  success: (value) => !says('failed')(value),
  successful: (value) => !says('failed')(value),
  timedout(value) {
    const timedout = dictGet(requireResult(value, 'timedout'), 'timedout') ?? false;
    return timedout instanceof Map && truthy(dictGet(timedout, 'period') ?? false);
  },
  unreachable: says('unreachable'),
};

/** A test of one key of a task's result. */
function says(key: string): (value: Value) => boolean {
  return (value) => truthy(dictGet(requireResult(value, key), key) ?? false);
}

function requireResult(value: Value, test: string): Dict {
  if (value instanceof Map) return value;
  return fail(`The '${test}' test expects a dictionary`, 'give it a registered variable');
}

/** A loop's result without a verdict of its own has changed if one of its members has. */
function isChanged(result: Dict): boolean {
  const verdict = dictGet(result, 'changed');
  if (verdict !== undefined) return truthy(verdict);
  const results = dictGet(result, 'results');
  if (!Array.isArray(results) || !(results[0] instanceof Map)) return false;
  return results.some((each) => each instanceof Map && truthy(dictGet(each, 'changed') ?? false));
}

function isAsync(value: Value, key: 'finished' | 'started', { scope }: Pick<Context, 'scope'>): boolean {
  const state = dictGet(requireResult(value, key), key);
  if (state !== undefined) return equal(state, 1);
  scope.world.warn(`The '${key}' test expects an async task, but a non-async task was tested`);
  return true;
}
