import type { Diff } from '../model/change.ts';
import type { Event, HostResult, ItemResult } from '../model/event.ts';
import { formatPosition } from '../model/source.ts';
import { encode } from './codec.ts';
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
  const told = plainEvent(event);
  return told && { told };
}

function plainEvent(event: Event): Told | undefined {
  switch (event.type) {
    case 'play-start':
      return { type: 'play', name: event.name, hosts: [...event.hosts], time: event.time };
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
