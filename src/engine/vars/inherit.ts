import type { Item, Keywords, Play, Role } from '../model/playbook.ts';
import type { Raw } from '../model/value.ts';

/** The item and what is around it, nearest first. */
export function* ancestors(item: Item): Iterable<Item> {
  for (let at: Item | undefined = item; at; at = at.parent) yield at;
}

type Gathered = 'when' | 'tags' | 'environment' | 'module_defaults' | 'collections';
type OwnOnly =
  | 'vars'
  | 'register'
  | 'loop'
  | 'loop_control'
  | 'retry'
  | 'notify'
  | 'listen'
  | 'until'
  | 'changed_when'
  | 'failed_when';
export type Inherited = Exclude<keyof Keywords, Gathered | OwnOnly>;

/** Every value of a keyword that may hold, nearest first: the task's own, its blocks', the play's. */
export function* values(item: Item, play: Play, keyword: Inherited): Iterable<Raw> {
  for (const at of ancestors(item)) {
    const value = at.keywords[keyword];
    if (value !== undefined && inherits(at, item)) yield value;
  }
  const own = play.keywords[keyword];
  if (own !== undefined) yield own;
}

/** Every value of a keyword that adds up, outermost first: the play's, the blocks', the task's own. */
export function gathered(item: Item, play: Play, keyword: Gathered): Raw[] {
  const found: Raw[][] = [];
  for (const at of ancestors(item)) {
    const own = at.keywords[keyword];
    if (own && inherits(at, item)) found.unshift(own);
  }
  const own = play.keywords[keyword];
  if (own) found.unshift(own);
  return found.flat();
}

/** An include_* task gives its variables to what it included, but no other keyword: those are its own. */
function inherits(at: Item, item: Item): boolean {
  return at === item || at.kind === 'block';
}

/** Variables of the item itself and of the blocks and includes around, nearest first. */
export function varsAround(item: Item): ReadonlyMap<string, Raw>[] {
  const layers: ReadonlyMap<string, Raw>[] = [];
  for (const at of ancestors(item)) if (at.keywords.vars?.size) layers.push(at.keywords.vars);
  return layers;
}

/** Variables of the include_* tasks around, nearest first: they stand above facts and registered variables. */
export function includeParams(item: Item): ReadonlyMap<string, Raw>[] {
  const layers: ReadonlyMap<string, Raw>[] = [];
  for (const at of ancestors(item)) {
    if (at.kind === 'task' && at !== item && at.keywords.vars?.size) layers.push(at.keywords.vars);
  }
  return layers;
}

/** The role and those that brought it here, nearest first. */
export function roleChain(role: Role | undefined): readonly Role[] {
  return role ? [role, ...role.parents] : [];
}
