import type { Change, Diff } from '../model/change.ts';
import type { Effect } from '../model/effect.ts';
import { TsplayError } from '../model/errors.ts';
import type { Status } from '../model/event.ts';
import type { Position } from '../model/source.ts';
import type { Dict, Value } from '../model/value.ts';
import { splitLines } from '../modules/commands/output.ts';
import type { Plan } from '../modules/types.ts';
import { truthy } from '../template/values.ts';

/** What one run of a module on one host gave, before the task's own `changed_when` and its like look at it. */
export interface Answer {
  /** As `register` gets it. Always has `changed` and `failed`. */
  readonly result: Dict;
  readonly diffs: readonly Diff[];
  readonly changes: readonly string[];
  readonly effects: readonly Effect[];
  /** Check mode met a command whose effect nobody knows. */
  readonly unknown: boolean;
  readonly unreachable: boolean;
  /** A failure that nothing forgives: what was to be done is not in the plan. */
  readonly barred: boolean;
  /** What check mode left out and this depends on. */
  readonly doubt?: string | undefined;
  /** It would run a command: that it changes something is known, and not what it says. */
  readonly unheard?: boolean | undefined;
  /** Where a failure has its cause, if that is not the task as a whole. */
  readonly position?: Position | undefined;
}

export function answer(result: Dict, more: Partial<Omit<Answer, 'result'>> = {}): Answer {
  if (!result.has('changed')) result.set('changed', false);
  if (!result.has('failed')) result.set('failed', false);
  return { result, diffs: [], changes: [], effects: [], unknown: false, unreachable: false, barred: false, ...more };
}

/** A failure as a result: the message, and where it is said. */
export function failure(error: unknown): Answer {
  if (!(error instanceof TsplayError)) throw error;
  const result: Dict = new Map<Value, Value>([
    ['changed', false],
    // Which secrets were tried is what helps whoever gave the wrong one.
    ['msg', error.kind === 'vault' && error.hint ? `${error.message}; ${error.hint}` : error.message],
  ]);
  if (error.kind === 'unreachable') {
    result.set('unreachable', true);
    return answer(result, { unreachable: true });
  }
  result.set('failed', true);
  if (error.kind === 'template') result.set('exception', error.message);
  if ((error.kind === 'module' || error.kind === 'usage') && error.hint !== undefined)
    result.set('details', error.hint);
  return answer(result, { position: error.position, barred: error.kind === 'departure' });
}

export function skipped(entries: Iterable<readonly [Value, Value]>): Answer {
  return answer(new Map<Value, Value>([['changed', false], ['skipped', true], ...entries]));
}

/** The answer of a plan, with what reporting added. */
export function planned(plan: Plan, more: Partial<Omit<Plan, 'changes'>>, changes: readonly Change[]): Answer {
  const failed = more.failed ?? plan.failed;
  const result: Dict = new Map<Value, Value>(Object.entries({ ...plan.result, ...more.result }));
  result.set('changed', more.changed ?? plan.changed ?? changes.length > 0);
  if (failed !== undefined) {
    result.set('failed', true);
    if (!result.has('msg') || failed !== '') result.set('msg', failed);
  }
  if (more.skipped ?? plan.skipped) result.set('skipped', true);
  for (const stream of ['stdout', 'stderr']) addLines(result, stream);
  const warnings = [...(plan.warnings ?? []), ...(more.warnings ?? [])];
  if (warnings.length) result.set('warnings', warnings);
  return answer(result, {
    diffs: [...changes.flatMap((change) => change.diff ?? []), ...(more.diffs ?? plan.diffs ?? [])],
    changes: changes.map((change) => change.summary),
    effects: [...(plan.effects ?? []), ...(more.effects ?? [])],
  });
}

/** What a program printed is there as lines too. */
function addLines(result: Dict, stream: string): void {
  const text = result.get(stream);
  if (typeof text === 'string' && !result.has(`${stream}_lines`)) result.set(`${stream}_lines`, splitLines(text));
}

/** A failure in check mode that what was not done, `command`, might have kept from happening. */
export function doubtful(message: string, command: string): Answer {
  const msg = `unknown in check mode: ${message} (this may depend on: ${command})`;
  return { ...skipped([['msg', msg]]), unknown: true, doubt: command };
}

export function statusOf({ result, unreachable, unknown }: Answer): Status {
  if (unreachable) return 'unreachable';
  if (hasFailed(result)) return 'failed';
  if (is(result, 'skipped')) return unknown ? 'unknown' : 'skipped';
  return is(result, 'changed') ? 'changed' : 'ok';
}

/**
 * Whether a result counts as failed. What `failed_when` said, for the task or for items of its loop, wins over a module
 * that failed and over tries that ran out.
 */
function hasFailed(result: Dict): boolean {
  const items = result.get('results');
  const judged = [result, ...(Array.isArray(items) ? items : [])].filter(
    (each): each is Dict => each instanceof Map && each.has('failed_when_result'),
  );
  return judged.length > 0 ? judged.some((each) => is(each, 'failed_when_result')) : is(result, 'failed');
}

export function is(result: Dict, key: string): boolean {
  return truthy(result.get(key) ?? null);
}

/** What a module says to the output alone (`_ansible_...`) is no part of what is registered. */
export function withoutInternal(result: Dict): Dict {
  const kept = [...result].filter(([key]) => !isInternal(key)).map(([key, value]) => [key, clean(value)] as const);
  return new Map(kept);
}

function clean(turns: Value): Value {
  if (!Array.isArray(turns) || !turns.some((turn) => turn instanceof Map && [...turn.keys()].some(isInternal))) {
    return turns;
  }
  return turns.map((turn) => (turn instanceof Map ? withoutInternal(turn) : turn));
}

function isInternal(key: Value): boolean {
  return typeof key === 'string' && key.startsWith('_ansible_');
}
