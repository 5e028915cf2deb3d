import { TsplayError } from '../../engine/model/errors.ts';
import { formatPosition } from '../../engine/model/source.ts';

/** Distinct mistakes that are listed below the first. */
const MOST = 100;

/** One error that tells of all: the first in full, others a line each. */
export function together(errors: readonly TsplayError[]): TsplayError {
  const [first] = errors as [TsplayError, ...TsplayError[]];
  const others = new Map<string, { readonly place: string; count: number }>();
  for (const { message, position } of errors.slice(1)) {
    const known = others.get(message) ?? { place: position ? `${formatPosition(position)}: ` : '', count: 0 };
    others.set(message, known);
    known.count++;
  }
  if (others.size === 0) return first;
  const lines = [...others].slice(0, MOST).map(([message, { place, count }]) => `  ${place}${message}${times(count)}`);
  if (others.size > MOST) lines.push(`  and ${others.size - MOST} more`);
  return new TsplayError(first.kind, first.message, {
    position: first.position,
    hint: first.hint,
    cause: first,
    notes: ['Beside that:', ...lines],
  });
}

function times(count: number): string {
  return count > 1 ? ` (${count} times)` : '';
}
