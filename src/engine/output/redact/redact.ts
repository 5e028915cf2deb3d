import type { Diff } from '../../model/change.ts';
import type { Emit, Event, HostResult, ItemResult } from '../../model/event.ts';
import type { Dict, Value } from '../../model/value.ts';
import type { Secrets } from './secrets.ts';

const CENSORED = "the output has been hidden due to the fact that 'no_log: true' was specified for this result";
const KEPT_BY_NO_LOG = ['changed', 'failed', 'skipped', 'unreachable', 'attempts', 'retries'];

/** The one place where events lose what nobody may see: results of no_log tasks, and secrets by value. */
export function redacting(emit: Emit, secrets: Secrets): Emit {
  return (event) => emit(redactEvent(event, secrets));
}

function redactEvent(event: Event, secrets: Secrets): Event {
  if (event.type === 'host-result' || event.type === 'item-result') return redactResult(event, secrets);
  if (event.type === 'retry') {
    const result = event.task.noLog ? censored(event.result) : event.result;
    return { ...event, result: clean(result, secrets) as Dict };
  }
  if (secrets.empty) return event;
  switch (event.type) {
    case 'play-start':
      return { ...event, name: secrets.redact(event.name) };
    case 'task-start':
      return { ...event, task: { ...event.task, name: secrets.redact(event.task.name) } };
    case 'warning':
    case 'deprecated':
    case 'meta':
      return { ...event, message: secrets.redact(event.message) };
    default:
      return event;
  }
}

function redactResult<E extends HostResult | ItemResult>(event: E, secrets: Secrets): E {
  if (event.task.noLog) {
    const hidden = { ...event, result: censored(event.result), diffs: [], changes: [] };
    return event.type === 'item-result' ? { ...hidden, item: null, label: '(censored due to no_log)' } : hidden;
  }
  if (secrets.empty) return event;
  const cleaned = {
    ...event,
    result: clean(event.result, secrets) as Dict,
    diffs: event.diffs.map((diff) => cleanDiff(diff, secrets)),
    changes: event.changes.map((change) => secrets.redact(change)),
  };
  if (event.type !== 'item-result') return cleaned;
  return { ...cleaned, item: clean(event.item, secrets), label: secrets.redact(event.label) };
}

function censored(result: Dict): Dict {
  const shown: Dict = new Map<Value, Value>([['censored', CENSORED]]);
  for (const key of KEPT_BY_NO_LOG) if (result.has(key)) shown.set(key, result.get(key)!);
  return shown;
}

function cleanDiff(diff: Diff, secrets: Secrets): Diff {
  return {
    ...diff,
    before: clean(diff.before, secrets),
    after: clean(diff.after, secrets),
    ...(diff.prepared === undefined ? {} : { prepared: secrets.redact(diff.prepared) }),
  };
}

function clean(value: Value, secrets: Secrets): Value {
  if (secrets.empty) return value;
  if (typeof value === 'string') return secrets.redact(value);
  if (Array.isArray(value)) return value.map((entry) => clean(entry, secrets));
  if (value instanceof Map)
    return new Map([...value].map(([key, entry]) => [clean(key, secrets), clean(entry, secrets)]));
  return value;
}
