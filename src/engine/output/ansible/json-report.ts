import type { Event, HostResult, Recap, TaskInfo } from '../../model/event.ts';
import { formatPosition } from '../../model/source.ts';
import type { Dict, Value } from '../../model/value.ts';
import { dumpJson } from '../../template/filters/json/dump.ts';
import { plain } from '../plain.ts';
import { printable } from '../printable.ts';
import type { Sink } from '../sink.ts';

interface Play {
  readonly play: Dict;
  readonly tasks: Map<number, { readonly task: Dict; readonly hosts: Dict }>;
}

/** One JSON object at the end, in the shape of the callback ansible.posix.json: plays, their tasks, results by host, counts. */
export class JsonReport {
  private readonly sink: Sink;
  private readonly plays: Play[] = [];

  constructor(sink: Sink) {
    this.sink = sink;
  }

  handle(event: Event): void {
    switch (event.type) {
      case 'play-start':
        this.plays.push({ play: playDict(event), tasks: new Map() });
        return;
      case 'task-start':
        this.plays.at(-1)?.tasks.set(event.task.id, { task: taskDict(event.task, event.time), hosts: new Map() });
        return;
      case 'host-result':
        return this.result(event);
      case 'warning':
        return this.sink.err(`[WARNING]: ${printable(event.message)}\n`);
      case 'run-end':
        return this.sink.out(`${dumpJson(plain(this.report(event.recap, event.stats)), FORMAT)}\n`);
    }
  }

  private result({ task, host, result, time }: HostResult): void {
    const entry = this.plays.at(-1)?.tasks.get(task.id);
    if (!entry) return;
    const kept = [...result].filter(([key]) => !String(key).startsWith('_ansible_'));
    entry.hosts.set(host, new Map<Value, Value>([...kept, ['action', task.action]]));
    (entry.task.get('duration') as Dict).set('end', isoTime(time));
  }

  private report(recap: ReadonlyMap<string, Recap>, stats: ReadonlyMap<string, Dict>): Dict {
    const own = [...stats].filter(([host]) => host !== '_run');
    return dict({
      custom_stats: new Map(own),
      global_custom_stats: stats.get('_run') ?? new Map(),
      plays: this.plays.map(({ play, tasks }) =>
        dict({ play, tasks: [...tasks.values()].map((each) => dict({ ...each })) }),
      ),
      stats: new Map([...recap].map(([host, counts]) => [host, countsDict(counts)])),
    });
  }
}

const FORMAT = { indent: 4, sortKeys: true, ensureAscii: false } as const;

function playDict({ name, position, time }: Extract<Event, { type: 'play-start' }>): Dict {
  return dict({
    name,
    id: formatPosition(position),
    path: formatPosition(position),
    duration: dict({ start: isoTime(time) }),
  });
}

function taskDict({ id, name, position }: TaskInfo, time: number): Dict {
  return dict({ name, id: String(id), path: formatPosition(position), duration: dict({ start: isoTime(time) }) });
}

function countsDict({ changed, failed, ignored, ok, rescued, skipped, unknown, unreachable }: Recap): Dict {
  return dict({ changed, failures: failed, ignored, ok, rescued, skipped: skipped + unknown, unreachable });
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z');
}

function dict(entries: Readonly<Record<string, Value>>): Dict {
  return new Map(Object.entries(entries));
}
