/** What a line at the debugger's prompt says. */
export type Command =
  | { readonly kind: 'redo' | 'continue' | 'quit' | 'update' | 'nothing' }
  | { readonly kind: 'help'; readonly topic: string }
  | { readonly kind: 'print'; readonly expression: string }
  | { readonly kind: 'assign'; readonly target: Target; readonly expression: string }
  | { readonly kind: 'delete'; readonly target: Target }
  | { readonly kind: 'evaluate'; readonly expression: string };

/** What can be set: all arguments of the task, one of them, or a variable. Keys are expressions. */
export type Target =
  | { readonly of: 'task.args'; readonly key: string | undefined }
  | { readonly of: 'task_vars'; readonly key: string };

const WORDS: ReadonlyMap<string, 'redo' | 'continue' | 'quit' | 'update' | 'help' | 'print'> = new Map([
  ['r', 'redo'],
  ['redo', 'redo'],
  ['c', 'continue'],
  ['continue', 'continue'],
  ['q', 'quit'],
  ['quit', 'quit'],
  ['EOF', 'quit'],
  ['u', 'update'],
  ['update_task', 'update'],
  ['h', 'help'],
  ['help', 'help'],
  ['?', 'help'],
  ['p', 'print'],
  ['pprint', 'print'],
]);

/** Undefined is the end of the input. */
export function parseCommand(line: string | undefined): Command {
  if (line === undefined) return { kind: 'quit' };
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  const [, name = '', rest = ''] = /^(\?|[A-Za-z_]\w*)?\s*(.*)$/s.exec(text) ?? [];
  const assigned = assignment(text);
  if (assigned) return assigned;
  const word = WORDS.get(name);
  if (word === 'print') return { kind: 'print', expression: rest };
  if (word === 'help') return { kind: 'help', topic: rest };
  if (word) return { kind: word };
  return { kind: 'evaluate', expression: text };
}

function assignment(text: string): Command | undefined {
  const removed = /^del\s+(.*)$/s.exec(text);
  if (removed) {
    const target = targetOf(removed[1]!);
    return target && { kind: 'delete', target };
  }
  const [whole, left, right] = /^(task(?:\.args|_vars)(?:\s*\[.*?\]|\.\w+)?)\s*=(?!=)\s*(.+)$/s.exec(text) ?? [];
  const target = whole === undefined ? undefined : targetOf(left!);
  return target && { kind: 'assign', target, expression: right! };
}

function targetOf(text: string): Target | undefined {
  const [, of, bracketed, dotted] = /^(task\.args|task_vars)(?:\s*\[(.*)\]|\.(\w+))?$/s.exec(text.trim()) ?? [];
  const key = bracketed ?? (dotted === undefined ? undefined : `'${dotted}'`);
  if (of === 'task.args') return { of, key };
  return of === 'task_vars' && key !== undefined ? { of, key } : undefined;
}
