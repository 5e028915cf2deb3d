import type { Diff } from '../../model/change.ts';
import type { Emit, Event, HostResult, ItemResult, PhaseResult, TaskInfo } from '../../model/event.ts';
import type { Dict } from '../../model/value.ts';
import { Float, type Value } from '../../model/value.ts';
import type { Secrets } from './secrets.ts';
import { cutLists, cutTexts } from './shorten.ts';

const CENSORED = "the output has been hidden due to the fact that 'no_log: true' was specified for this result";
const KEPT_BY_NO_LOG = ['changed', 'failed', 'skipped', 'unreachable', 'attempts', 'retries'];
/** Of a look at a job nothing more is said. */
const KEPT_OF_POLL = ['ansible_job_id', 'started', 'finished'];

/** The one place where events lose what nobody may see: results of no_log tasks, and secrets by value. */
export function redacting(emit: Emit, secrets: Secrets): Emit {
  const hidden = new Set<number>();
  return (event) => {
    if (event.type === 'task-start' && event.task.noLog) hidden.add(event.task.id);
    const shown = shortened(censor(event, hidden), cutLists);
    emit(shortened(secrets.empty ? shown : conceal(shown, secrets), cutTexts));
  };
}

/** Results that no report can hold lose their middle; whoever registered one has it whole. */
function shortened(event: Event, cut: (value: Value) => Value): Event {
  switch (event.type) {
    case 'host-result':
    case 'item-result': {
      const diffs = event.diffs.map((diff) => ({ ...diff, before: cut(diff.before), after: cut(diff.after) }));
      return { ...event, result: cut(event.result) as Dict, diffs };
    }
    case 'retry':
    case 'poll':
      return { ...event, result: cut(event.result) as Dict };
    default:
      return event;
  }
}

/** What `no_log` hides: all of a result but its status, and what the item was. */
function censor(event: Event, hidden: ReadonlySet<number>): Event {
  switch (event.type) {
    case 'host-result':
      return event.task.noLog || isHidden(event.result) ? censorResult(event) : event;
    case 'item-result':
      if (event.task.noLog) return { ...censorResult(event), item: null, label: NO_LABEL };
      return isHidden(event.result) ? censorResult(event) : event;
    case 'retry': {
      if (!event.task.noLog) return event;
      const { item: _, ...rest } = event;
      return { ...rest, result: censored(event.result) };
    }
    case 'poll':
      return event.task.noLog ? { ...event, result: censored(event.result, KEPT_OF_POLL) } : event;
    case 'included':
      return event.item !== undefined && hidden.has(event.taskId) ? { ...event, item: NO_LABEL } : event;
    default:
      return event;
  }
}

/** A module may say that its result is not to be shown; that of a loop is not if one of its items is not. */
function isHidden(result: Dict): boolean {
  const items = result.get('results');
  return [result, ...(Array.isArray(items) ? items : [])].some(
    (each) => each instanceof Map && each.get('_ansible_no_log') === true,
  );
}

const NO_LABEL = '(censored due to no_log)';

function censorResult<E extends HostResult | ItemResult>(event: E): E {
  return { ...event, result: censored(event.result), diffs: [], changes: [] };
}

function censored(result: Dict, kept: readonly string[] = KEPT_BY_NO_LOG): Dict {
  const shown: Dict = new Map<Value, Value>([['censored', CENSORED]]);
  for (const key of kept) if (result.has(key)) shown.set(key, result.get(key)!);
  return shown;
}

/** Secrets by value, in every field that holds text. Names of hosts stay: they are how results are told apart. */
function conceal(event: Event, secrets: Secrets): Event {
  const hide = (text: string) => secrets.redact(text);
  function task<E extends { readonly task: TaskInfo }>(from: E): E {
    const name = hide(from.task.name);
    return name === from.task.name ? from : { ...from, task: { ...from.task, name } };
  }
  switch (event.type) {
    case 'host-result':
      return task(cleanResult(event, secrets));
    case 'item-result': {
      const cleaned = task(cleanResult(event, secrets));
      return { ...cleaned, item: clean(event.item, secrets), label: hide(event.label) };
    }
    case 'retry': {
      const result = cleanDict(event.result, secrets);
      return task({ ...event, result, ...(event.item === undefined ? {} : { item: clean(event.item, secrets) }) });
    }
    case 'poll':
      return task({ ...event, result: cleanDict(event.result, secrets) });
    case 'task-start':
      return task(event);
    case 'play-start':
      return { ...event, name: hide(event.name), ...(event.partOf !== undefined && { partOf: hide(event.partOf) }) };
    case 'phase-retry':
      return { ...event, error: hide(event.error) };
    case 'phase-end':
      return { ...event, hosts: new Map([...event.hosts].map(([host, result]) => [host, cleanPhase(result, hide)])) };
    case 'included':
      return { ...event, file: hide(event.file), ...(event.item === undefined ? {} : { item: hide(event.item) }) };
    case 'handler-notified':
      return { ...event, handler: hide(event.handler) };
    case 'exec':
      return { ...event, command: hide(event.command) };
    case 'warning':
      return { ...event, message: hide(event.message), ...(event.lines ? { lines: event.lines.map(hide) } : {}) };
    case 'deprecated':
    case 'meta':
      return { ...event, message: hide(event.message) };
    case 'run-end':
      return { ...event, stats: new Map([...event.stats].map(([host, data]) => [host, cleanDict(data, secrets)])) };
    default:
      return event;
  }
}

function cleanPhase(result: PhaseResult, hide: (text: string) => string): PhaseResult {
  return result.error === undefined ? result : { ...result, error: hide(result.error) };
}

function cleanResult<E extends HostResult | ItemResult>(event: E, secrets: Secrets): E {
  return {
    ...event,
    result: cleanDict(event.result, secrets),
    diffs: event.diffs.map((diff) => cleanDiff(diff, secrets)),
    changes: event.changes.map((change) => secrets.redact(change)),
    ...(event.doubt !== undefined && { doubt: secrets.redact(event.doubt) }),
  };
}

function cleanDiff(diff: Diff, secrets: Secrets): Diff {
  const hidden = (name: 'prepared' | 'beforeHeader' | 'afterHeader') =>
    diff[name] === undefined ? {} : { [name]: secrets.redact(diff[name]) };
  return {
    before: clean(diff.before, secrets),
    after: clean(diff.after, secrets),
    ...hidden('beforeHeader'),
    ...hidden('afterHeader'),
    ...hidden('prepared'),
  };
}

function cleanDict(dict: Dict, secrets: Secrets): Dict {
  return clean(dict, secrets) as Dict;
}

/** The same value where nothing is to hide, so that large results are not copied for nothing. */
function clean(value: Value, secrets: Secrets): Value {
  if (typeof value === 'string') return secrets.redact(value);
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Float)
    return cleanNumber(value, secrets);
  if (value instanceof Uint8Array) return cleanBytes(value, secrets);
  if (Array.isArray(value)) {
    const cleaned = value.map((entry) => clean(entry, secrets));
    return cleaned.some((entry, index) => entry !== value[index]) ? cleaned : value;
  }
  if (!(value instanceof Map)) return value;
  const entries = [...value].map(([key, entry]) => [key, entry, clean(key, secrets), clean(entry, secrets)] as const);
  if (entries.every(([key, entry, cleanKey, cleanEntry]) => key === cleanKey && entry === cleanEntry)) return value;
  return new Map(entries.map(([, , key, entry]) => [key, entry]));
}

/** A PIN or an account number may be a secret too: it becomes text then. */
function cleanNumber(value: number | bigint | Float, secrets: Secrets): Value {
  const text = String(value instanceof Float ? value.value : value);
  const hidden = secrets.redact(text);
  return hidden === text ? value : hidden;
}

function cleanBytes(value: Uint8Array, secrets: Secrets): Value {
  const text = Buffer.from(value).toString('latin1');
  const hidden = secrets.redact(text);
  return hidden === text ? value : Buffer.from(hidden, 'latin1');
}
