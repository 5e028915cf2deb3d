import type { HostResult, ItemResult, TaskInfo } from '../../model/event.ts';
import type { Dict } from '../../model/value.ts';
import { printable } from '../printable.ts';
import { debugResult, dumpResult } from './dump.ts';
import type { CallbackOptions } from './options.ts';

export type Result = HostResult | ItemResult;

/** `host`, or `host -> delegate`. */
export function hostLabel({ host, delegatedTo, delegatedAddress }: Result): string {
  if (delegatedTo === undefined || delegatedTo === host) return line(host);
  return line(`${host} -> ${delegatedTo}${delegatedAddress === undefined ? '' : `(${delegatedAddress})`}`);
}

/** A text of one line, whatever it holds. */
export function line(text: string): string {
  return printable(text, { multiline: false });
}

export function isDebug(task: TaskInfo): boolean {
  return /^(ansible\.(builtin|legacy)\.)?debug$/.test(task.action);
}

/** The result as it is shown for this task. */
export function shownResult(event: Result, options: CallbackOptions, result = settled(event)): string {
  return dumpResult(result, { ...options, always: isAlwaysShown(event) });
}

/** Whether more than the status is wanted. */
export function isVerbose(event: Result, { verbosity }: CallbackOptions): boolean {
  if (isAlwaysShown(event)) return true;
  return verbosity > 0 && !GATHERING.test(event.task.action);
}

// Facts fill screens, and are there to be asked for.
const GATHERING = /^(ansible\.(builtin|legacy)\.)?(setup|gather_facts)$/;
const ASSERTING = /^(ansible\.(builtin|legacy)\.)?assert$/;

/** What debug and assert say is their point, if they came to say it. */
function isAlwaysShown(event: Result): boolean {
  const { task, status, result } = event;
  if (event.type === 'host-result' && event.looped) return false;
  const ran = status === 'ok' || status === 'changed' || result.has('failed_when_result');
  if (isDebug(task)) return ran;
  if (result.get('_ansible_verbose_always') === false) return false;
  return ASSERTING.test(task.action) && (ran || result.has('assertion'));
}

function settled(event: Result): Dict {
  const { result, task } = event;
  const own = isDebug(task) && event.status !== 'unreachable' ? debugResult(result) : result;
  if (event.type === 'item-result' || !event.looped || !own.has('results')) return own;
  return new Map([...own].filter(([key]) => key !== 'results'));
}
