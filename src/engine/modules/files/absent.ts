import type { Value } from '../../model/value.ts';
import type { FileState } from '../../remote/types.ts';
import type { Plan } from '../types.ts';
import { stateWord } from './facts.ts';
import { beforeOf } from './target.ts';

/** `state: absent`. What a folder holds is shown in the diff. */
export function planAbsent(path: string, state: FileState | undefined, content: readonly FileState[]): Plan {
  const result = { path, state: 'absent' };
  if (!state) return { changes: [], result };
  const before = new Map<Value, Value>([
    ['path', path],
    ['state', stateWord(state)],
  ]);
  if (state.kind === 'directory') {
    const directories = content.filter((entry) => entry.kind === 'directory').map((entry) => entry.path);
    const files = content.filter((entry) => entry.kind !== 'directory').map((entry) => entry.path);
    before.set(
      'path_content',
      new Map<Value, Value>([
        ['directories', directories],
        ['files', files],
      ]),
    );
  }
  const after = new Map<Value, Value>([
    ['path', path],
    ['state', 'absent'],
  ]);
  return {
    changes: [{ kind: 'remove', summary: `remove ${path}`, path, before: beforeOf(state), diff: { before, after } }],
    result,
  };
}
