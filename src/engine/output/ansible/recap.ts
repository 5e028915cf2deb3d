import type { Recap } from '../../model/event.ts';
import type { Paint, Shade } from './paint.ts';

const COUNTS = [
  ['ok', 'ok'],
  ['changed', 'changed'],
  ['unreachable', 'unreachable'],
  ['failed', 'failed'],
  ['skipped', 'skipped'],
  ['rescued', 'ok'],
  ['ignored', 'warning'],
] as const satisfies readonly (readonly [keyof Recap, Shade])[];

/** One line of PLAY RECAP, column for column as scripts expect it. What check mode could not tell counts as skipped. */
export function recapLine(host: string, recap: Recap, paint?: Paint): string {
  const shown = { ...recap, skipped: recap.skipped + recap.unknown };
  const counts = COUNTS.map(([name, shade]) => {
    const text = `${name}=${String(shown[name]).padEnd(4)}`;
    return paint && shown[name] > 0 ? paint(text, shade) : text;
  });
  // Eleven more columns: those of the colour.
  const label = paint ? paint(host, hostShade(recap)).padEnd(37) : host.padEnd(26);
  return `${label} : ${counts.join(' ')}`;
}

function hostShade(recap: Recap): Shade {
  if (recap.failed > 0 || recap.unreachable > 0) return 'failed';
  return recap.changed > 0 ? 'changed' : 'ok';
}
