import { randomInt } from 'node:crypto';
import { Float, type Value } from '../../model/value.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { defined, fail, isInt, isIterable, iterate, toIndex, truthy, typeName } from '../values.ts';
import { PythonRandom, type RandomSource } from './random/mersenne.ts';

export const filters: Filters = {
  random(value, args, kwargs) {
    const { start = null, step = null, seed = null } = bind(args, kwargs, ['start', 'step', 'seed'], 'random');
    const source = randomSource(seed);
    if (isInt(defined(value), true))
      return pickNumber(source, toIndex(start ?? 0), Number(value), toIndex(step ?? 1) || 1);
    if (!isIterable(value)) return fail('random can only be used on sequences and integers');
    if ((start !== null && truthy(start)) || (step !== null && truthy(step))) {
      fail('start and step can only be used with integer values');
    }
    const items = iterate(value);
    if (items.length === 0) fail('Cannot choose from an empty sequence');
    return items[source.below(items.length)] as Value;
  },
  shuffle(value, args, kwargs) {
    const { seed = null } = bind(args, kwargs, ['seed'], 'shuffle');
    if (!isIterable(defined(value))) return value;
    const source = randomSource(seed !== null && truthy(seed) ? seed : null);
    const items = [...iterate(value)];
    for (let last = items.length - 1; last > 0; last--) {
      const other = source.below(last + 1);
      [items[last], items[other]] = [items[other] as Value, items[last] as Value];
    }
    return items;
  },
};

/** Choices of the system's random numbers, or of Python's generator if there is a seed. */
export function randomSource(seed: Value): RandomSource {
  if (seed === null)
    return { below: (limit) => (limit < 2 ** 48 ? randomInt(limit) : Math.floor(Math.random() * limit)) };
  if (typeof seed === 'string' || seed instanceof Uint8Array) return new PythonRandom(seed);
  if (isInt(seed, true)) return new PythonRandom(BigInt(seed));
  if (seed instanceof Float) return new PythonRandom(BigInt(seed.value));
  return fail(`a seed is a number or text, not ${typeName(seed)}`);
}

function pickNumber(source: RandomSource, start: number, stop: number, step: number): number {
  const count = Math.ceil((stop - start) / step);
  if (count <= 0) return fail(`empty range for random: ${start} to ${stop}, step ${step}`);
  return start + step * source.below(count);
}
