import type { Event } from '../../model/event.ts';
import { displayWidth } from '../width.ts';
import { type Frame, inline, joinSpans } from './frame.ts';
import { hostNames } from './hosts.ts';

/** The rule that begins a play: its name, its hosts. */
export function playHeading(
  { name, hosts, checkMode, strategy }: Extract<Event, { type: 'play-start' }>,
  { theme, width }: Frame,
  batch: boolean,
): string[] {
  const count = hosts.length <= 3 || batch ? hostNames(hosts) : `${hosts.length} hosts`;
  const notes = [count, strategy === 'free' ? 'free' : '', checkMode ? 'check mode' : ''].filter(Boolean);
  const title = `${theme.rule.repeat(2)} ${inline(name.trim()) || 'play'} `;
  const note = notes.length > 0 ? `${theme.dot} ${notes.join(` ${theme.dot} `)} ` : '';
  const left = Math.max(0, Math.min(width, 100) - displayWidth(title) - displayWidth(note));
  return [
    '',
    joinSpans(
      [
        { text: title, paint: theme.title },
        { text: note, paint: theme.faint },
        { text: theme.rule.repeat(left), paint: theme.faint },
      ],
      width,
    ),
  ];
}
