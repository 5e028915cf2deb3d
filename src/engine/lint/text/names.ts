import type { Call, Expression, MacroDefinition, Name, Statement, Target } from '../../template/syntax/ast.ts';

export interface Names {
  /** Variables that are read, each with its first place. */
  readonly used: ReadonlyMap<string, number>;
  /** Names that the text itself gives a value. */
  readonly bound: ReadonlySet<string>;
  /** Names that may be undefined: they have a default, or are asked whether they are defined. */
  readonly guarded: ReadonlySet<string>;
  /** Lookups that are named literally. */
  readonly lookups: readonly { readonly name: string; readonly offset: number }[];
}

type Node = Expression | Statement;

/** The names in a tree of a template. */
export function namesIn(tree: unknown): Names {
  const used = new Map<string, number>();
  const bound = new Set<string>();
  const guarded = new Set<string>();
  const lookups: { name: string; offset: number }[] = [];
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || next instanceof Map) continue;
    for (const inner of Object.values(next)) open.push(inner);
    const node = next as Node;
    for (const name of boundBy(node)) bound.add(name);
    const guard = guardedBy(node);
    if (guard !== undefined) guarded.add(guard);
    if (node.kind === 'name') used.set(node.name, Math.min(node.offset, used.get(node.name) ?? node.offset));
    const lookup = node.kind === 'call' ? lookupName(node) : undefined;
    if (lookup !== undefined) lookups.push({ name: lookup, offset: node.offset });
    // `lookup('vars', 'x')` reads x, and says what happens without it.
    if (node.kind === 'call' && lookup === 'vars') for (const name of constants(node)) guarded.add(name);
  }
  return { used, bound, guarded, lookups };
}

function boundBy(node: Node): string[] {
  switch (node.kind) {
    case 'for':
    case 'set':
    case 'set-block':
      return targetNames(node.target);
    case 'with':
      return node.assignments.flatMap(({ target }) => targetNames(target));
    case 'macro':
      return [node.macro.name, ...parametersOf(node.macro)];
    case 'call-block':
      return parametersOf(node.caller);
    case 'import':
      return [node.name];
    case 'from-import':
      return node.names.map(({ as }) => as);
    default:
      return [];
  }
}

function targetNames(target: Target): string[] {
  if (target.kind === 'targets') return target.items.flatMap(targetNames);
  return [target.kind === 'name' ? target.name : target.object];
}

function parametersOf({ parameters }: MacroDefinition): string[] {
  return parameters.map(({ name }) => name);
}

const DEFAULTS = new Set(['default', 'd', 'mandatory']);
const QUESTIONS = new Set(['defined', 'undefined']);

function guardedBy(node: Node): string | undefined {
  const short = (name: string) => name.replace(/^ansible\.builtin\./, '');
  if (node.kind === 'filter' && DEFAULTS.has(short(node.name))) return rootOf(node.value)?.name;
  if (node.kind === 'test' && QUESTIONS.has(short(node.name))) return rootOf(node.value)?.name;
  // `'x' in vars`, `'x' in hostvars[h]`
  const first =
    node.kind === 'compare' && node.rest.some(({ operator }) => operator.endsWith('in')) ? node.first : undefined;
  return first?.kind === 'constant' && typeof first.value === 'string' ? first.value : undefined;
}

/** `a` of `a.b[c]`. */
function rootOf(node: Expression): Name | undefined {
  if (node.kind === 'name') return node;
  return node.kind === 'attribute' || node.kind === 'item' ? rootOf(node.object) : undefined;
}

const LOOKUPS = new Set(['lookup', 'query', 'q']);

function lookupName(call: Call): string | undefined {
  if (call.callee.kind !== 'name' || !LOOKUPS.has(call.callee.name)) return undefined;
  const [first] = call.arguments.args;
  return first?.kind === 'constant' && typeof first.value === 'string' ? first.value : undefined;
}

function constants({ arguments: { args } }: Call): string[] {
  return args.slice(1).flatMap((arg) => (arg.kind === 'constant' && typeof arg.value === 'string' ? [arg.value] : []));
}
