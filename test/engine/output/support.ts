import type { Event, HostResult, ItemResult, Recap, TaskInfo } from '../../../src/engine/model/event.ts';
import type { Value } from '../../../src/engine/model/value.ts';
import type { Sink } from '../../../src/engine/output/sink.ts';

type Fields = Record<string, Value>;

export function task(more: Partial<TaskInfo> = {}): TaskInfo {
  return {
    id: 1,
    name: 'Install',
    action: 'command',
    position: { file: 'site.yml', line: 3, column: 7 },
    handler: false,
    checkMode: false,
    diff: false,
    noLog: false,
    tags: [],
    ...more,
  };
}

type ResultFields<E> = Partial<Omit<E, 'type' | 'result' | 'task'>> & {
  readonly result?: Fields;
  readonly task?: TaskInfo;
};

const COMMON = { status: 'ok', diffs: [], changes: [], time: 1500, duration: 500, ignored: false } as const;

export function hostResult(host: string, { result = {}, ...more }: ResultFields<HostResult> = {}): HostResult {
  const of = more.task ?? task();
  return {
    type: 'host-result',
    ...COMMON,
    looped: false,
    position: of.position,
    ...more,
    task: of,
    host,
    result: new Map(Object.entries(result)),
  };
}

export function itemResult(
  host: string,
  item: string,
  { result = {}, ...more }: ResultFields<ItemResult> = {},
): ItemResult {
  return {
    type: 'item-result',
    ...COMMON,
    item,
    label: item,
    ...more,
    task: more.task ?? task(),
    host,
    result: new Map(Object.entries({ ...result, item })),
  };
}

export function runStart(checkMode = false): Event {
  return { type: 'run-start', playbooks: [{ path: 'dir/site.yml', plays: 1 }], checkMode, time: 1000 };
}

export function playStart(hosts: readonly string[], more: Partial<Extract<Event, { type: 'play-start' }>> = {}): Event {
  return {
    type: 'play-start',
    name: 'Web',
    index: 0,
    position: { file: 'site.yml', line: 1, column: 3 },
    hosts,
    time: 1000,
    ...more,
  };
}

export function taskStart(hosts: readonly string[], of = task()): Event {
  return { type: 'task-start', task: of, hosts, time: 1000 };
}

export function recapOf(counts: Partial<Recap> = {}): Recap {
  const none = { ok: 0, changed: 0, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0, unknown: 0 };
  return { ...none, ...counts };
}

export function runEnd(
  recap: Readonly<Record<string, Partial<Recap>>> = {},
  stats: Readonly<Record<string, Fields>> = {},
): Event {
  return {
    type: 'run-end',
    recap: new Map(Object.entries(recap).map(([host, counts]) => [host, recapOf(counts)])),
    stats: new Map(Object.entries(stats).map(([host, data]) => [host, new Map(Object.entries(data))])),
    time: 5000,
  };
}

export interface Written extends Sink {
  readonly written: { out: string; err: string };
}

export function memorySink(more: Partial<Sink> = {}): Written {
  const written = { out: '', err: '' };
  return {
    written,
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    columns: undefined,
    colors: 0,
    ...more,
  };
}
