import type { Recap } from '../../model/event.ts';

/** One line of PLAY RECAP, column for column as scripts expect it. */
export function recapLine(host: string, recap: Recap): string {
  const counts = (['ok', 'changed', 'unreachable', 'failed', 'skipped', 'rescued', 'ignored'] as const).map(
    (name) => `${name}=${String(recap[name]).padEnd(4)}`,
  );
  return `${host.padEnd(26)} : ${counts.join(' ')}`;
}
