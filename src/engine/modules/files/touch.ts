import type { Change } from '../../model/change.ts';
import type { Value } from '../../model/value.ts';
import { sh } from '../../remote/quote.ts';
import type { Plan } from '../types.ts';
import { stateWord } from './facts.ts';
import { factsAfter, ownerProblem, type Target } from './target.ts';
import { timesToSet, type WantedTime } from './times.ts';
import { initialAttributes, type Wanted } from './wanted.ts';
import { attributesChange } from './write.ts';

interface Times {
  readonly atime: WantedTime;
  readonly mtime: WantedTime;
}

/** `state: file`: the file must be there already. */
export function planFile(target: Target, wanted: Wanted, times: Times, now: number): Plan {
  const { path, state } = target;
  const kind = stateWord(state);
  if (kind !== 'file' && kind !== 'hard') {
    return { changes: [], failed: `file (${path}) is ${kind}, cannot continue`, result: { path, state: kind } };
  }
  return planAttributes(target, wanted, times, now, { path });
}

/** `state: touch`: made if it is not there, else its times are set. */
export function planTouch(target: Target, wanted: Wanted, times: Times, now: number): Plan {
  const { path, state, context } = target;
  if (state) return planAttributes(target, wanted, times, now, { dest: path });
  const given = timesToSet({ atime: now, mtime: now }, times, now);
  const attributes = { ...initialAttributes(wanted, 0o666, context), ...given };
  if (context.parent !== 'directory') {
    const reason = `[Errno 2] No such file or directory: b'${path}'`;
    return { changes: [], failed: `Error, could not touch target: ${reason}`, result: { path } };
  }
  return {
    changes: [
      {
        kind: 'write',
        summary: `create ${path}`,
        path,
        content: { bytes: Buffer.alloc(0) },
        attributes,
        before: { kind: 'absent' },
        diff: {
          before: new Map<Value, Value>([
            ['path', path],
            ['state', 'absent'],
          ]),
          after: new Map<Value, Value>([
            ['path', path],
            ['state', 'touch'],
          ]),
        },
      },
    ],
    result: { dest: path, ...factsAfter(target, attributes, { state: 'file', size: 0 }) },
  };
}

function planAttributes(target: Target, wanted: Wanted, times: Times, now: number, named: Record<string, Value>): Plan {
  const problem = ownerProblem(target);
  if (problem !== undefined) return { changes: [], failed: problem, result: named };
  const both = times.atime === 'now' && times.mtime === 'now';
  const given = target.state && !both ? timesToSet(target.state, times, now) : {};
  const change = attributesChange(target, wanted, given);
  const attributes = change?.kind === 'attributes' ? change.attributes : {};
  const changes = [...(change ? [change] : []), ...(both ? [touchNow(target, now)] : [])];
  return { changes, result: { ...named, ...factsAfter(target, attributes) } };
}

/** Whoever may write a file may set its times to the present, but to no other. */
function touchNow({ path, state }: Target, now: number): Change {
  return {
    kind: 'run',
    summary: `touch ${path}`,
    script: sh`touch -c -- ${path}`,
    effect: 'known',
    diff: {
      before: new Map<Value, Value>([
        ['path', path],
        ['mtime', state?.mtime ?? null],
        ['atime', state?.atime ?? null],
      ]),
      after: new Map<Value, Value>([
        ['path', path],
        ['mtime', now],
        ['atime', now],
      ]),
    },
  };
}
