import type { Diff } from '../model/change.ts';
import { encode } from '../model/codec.ts';
import type { Event, HostResult, ItemResult, PhaseInfo } from '../model/event.ts';
import { formatPosition } from '../model/source.ts';
import type { Told } from './records.ts';

/** What is told to who looks at the run later. */
export interface Telling {
  readonly told: Told;
  /** What files and hosts said: diffs, results. Encrypted in the journal, since nobody knows which of it is a secret. */
  readonly details?: Told | undefined;
}

/** What of an event (already redacted) is kept; undefined for what is told elsewhere. */
export function telling(event: Event): Telling | undefined {
  if (event.type === 'host-result' || event.type === 'item-result') {
    return { told: resultOf(event), details: detailsOf(event) };
  }
  if (event.type === 'phase-end') return phaseEnd(event);
  const told = plainEvent(event);
  return told && { told };
}

function plainEvent(event: Event): Told | undefined {
  switch (event.type) {
    case 'run-start':
      return {
        type: 'run',
        plays: [...(event.plays ?? [])],
        phases: (event.phases ?? []).map(toldPhase),
        leftOut: [...(event.leftOut ?? [])],
        autoFix: event.autoFix ?? false,
        time: event.time,
      };
    case 'play-start': {
      const { index, position, hosts, time } = event;
      const name = event.partOf ?? event.name;
      return { type: 'play', index, name, at: formatPosition(position), hosts: [...hosts], time };
    }
    case 'phase-start':
      return { type: 'phase', name: event.phase.name, hosts: [...event.hosts], time: event.time };
    case 'phase-retry': {
      const { phase, host, attempt, tries, fixing, time } = event;
      return { type: 'phase-retry', name: phase.name, host, attempt, tries, fixing, time };
    }
    case 'task-start': {
      const { task, time } = event;
      return {
        type: 'task',
        id: task.id,
        name: task.name,
        action: task.action,
        at: formatPosition(task.position),
        time,
        ...(task.handler && { handler: true }),
      };
    }
    case 'warning':
      return {
        type: 'warning',
        message: event.message,
        ...(event.position && { at: formatPosition(event.position) }),
      };
    default:
      return undefined;
  }
}

function toldPhase({ name, purpose, needs, position }: PhaseInfo): Told {
  return { name, ...(purpose !== undefined && { purpose }), needs: [...needs], at: formatPosition(position) };
}

function phaseEnd({ phase, hosts, time }: Extract<Event, { type: 'phase-end' }>): Telling {
  const ended = [...hosts].map(([host, { error: _, ...result }]) => [host, { ...result }] as const);
  const errors = [...hosts].flatMap(([host, { error }]) => (error === undefined ? [] : [[host, error] as const]));
  return {
    told: { type: 'phase-end', name: phase.name, hosts: Object.fromEntries(ended), time },
    ...(errors.length > 0 && { details: { errors: Object.fromEntries(errors) } }),
  };
}

function resultOf(event: HostResult | ItemResult): Told {
  const { task, host, status, time, duration, ignored, delegatedTo } = event;
  return {
    type: event.type === 'item-result' ? 'item' : 'result',
    task: task.id,
    host,
    status,
    time,
    ms: Math.round(duration),
    ...(ignored && { ignored }),
    ...(delegatedTo !== undefined && { delegatedTo }),
    ...(event.type === 'host-result' && event.looped && { looped: true }),
  };
}

/** What went well tells what it changed; what failed tells all. */
function detailsOf(event: HostResult | ItemResult): Told | undefined {
  const { status, changes, diffs, result } = event;
  if (status === 'ok' || status === 'skipped') return undefined;
  const wrong = status === 'failed' || status === 'unreachable';
  const details = {
    ...(changes.length > 0 && { changes: [...changes] }),
    ...(diffs.length > 0 && { diffs: diffs.map(toldDiff) }),
    ...(wrong && { result: encode(result) }),
  };
  if (Object.keys(details).length === 0) return undefined;
  return event.type === 'item-result' ? { ...details, label: event.label } : details;
}

function toldDiff({ before, after, beforeHeader, afterHeader, prepared }: Diff): Told {
  return {
    before: encode(before),
    after: encode(after),
    ...(beforeHeader !== undefined && { beforeHeader }),
    ...(afterHeader !== undefined && { afterHeader }),
    ...(prepared !== undefined && { prepared }),
  };
}
