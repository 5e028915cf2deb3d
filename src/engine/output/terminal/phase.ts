import type { Event, PhaseResult } from '../../model/event.ts';
import { phaseRetryText } from '../phases.ts';
import { duration } from './clock.ts';
import { type Frame, inline, paragraph } from './frame.ts';
import { hostNames } from './hosts.ts';

export type PhaseEvent = Extract<Event, { type: 'phase-start' | 'phase-retry' | 'phase-end' }>;

/** What a phase does: it begins, is mended and tried again, ends. */
export function phaseLines(event: PhaseEvent, frame: Frame): string[] {
  const { theme } = frame;
  switch (event.type) {
    case 'phase-start': {
      const purpose =
        event.phase.purpose === undefined ? '' : theme.faint(` ${theme.dot} ${inline(event.phase.purpose)}`);
      return ['', `${theme.title(`${theme.arrow} ${inline(event.phase.name)}`)}${purpose}`];
    }
    case 'phase-retry': {
      const [first = '', ...rest] = paragraph(phaseRetryText(event), frame, '  ');
      return [`${theme.warning('!')} ${first.trimStart()}`, ...rest];
    }
    case 'phase-end':
      return endLines(event, frame);
  }
}

function endLines({ phase, hosts }: Extract<Event, { type: 'phase-end' }>, { theme }: Frame): string[] {
  const name = inline(phase.name);
  const of = (status: PhaseResult['status']) => [...hosts].filter(([, result]) => result.status === status);
  const named = (found: readonly (readonly [string, PhaseResult])[]) => hostNames(found.map(([host]) => host));
  const [failed, skipped, fixed] = [of('failed'), of('skipped'), of('fixed')];
  if (failed.length > 0) {
    return [theme.status.failed(`${theme.symbol.failed} ${name} failed on ${named(failed)}`)];
  }
  if (skipped.length > 0) return ['', theme.faint(`${theme.symbol.skipped} ${name} left out`)];
  const mended = fixed.length > 0 ? `, mended on ${named(fixed)}` : '';
  return [
    `${theme.status.ok(`${theme.symbol.ok} ${name} completed`)}${mended}${theme.faint(` in ${duration(took(hosts))}`)}`,
  ];
}

function took(hosts: ReadonlyMap<string, PhaseResult>): number {
  const all = [...hosts.values()];
  return Math.max(...all.map(({ ended }) => ended)) - Math.min(...all.map(({ started }) => started));
}
