import type { Position } from './source.ts';

/**
 * A value of the language, as Python would hold it.
 *
 * - `null` is None, `boolean` is bool, `string` is str.
 * - int is a `number` that is a safe integer, or a `bigint` beyond that.
 * - float is a `number` with a fraction (or not finite), or a `Float` when it is whole, so that `4/2` prints `2.0`.
 * - list is an array; a tuple is an array marked by `tuple()`.
 * - dict is a `Map` in insertion order; keys keep their type (80 and '80' differ).
 * - bytes are a `Buffer` (`Uint8Array`).
 * - `Undefined` is a variable or attribute that is not there; using it is an error.
 * - `Callable` is a function or bound method that a template may call.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Float
  | Uint8Array
  | Undefined
  | Callable
  | Value[]
  | Dict;

export type Dict = Map<Value, Value>;

/**
 * A value as YAML of a trusted source gives it: any leaf may be a `Deferred` that is evaluated when it is needed.
 * A plain string is inert, whatever it looks like; so all text from hosts and lookups is never evaluated.
 */
export type Raw = Value | Deferred | Raw[] | Map<Value, Raw>;

/** A whole float: 2.0. Floats with a fraction are plain numbers. */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** Something not defined. `name` is what the message names: `'foo'`, or `'dict object' has no attribute 'x'`. */
export class Undefined {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

/** A function that templates may call: a global, a macro, a method of a value. */
export class Callable {
  readonly name: string;
  readonly call: (args: Value[], kwargs: Map<string, Value>) => Value;
  constructor(name: string, call: (args: Value[], kwargs: Map<string, Value>) => Value) {
    this.name = name;
    this.call = call;
  }
}

/** A mapping whose entries are computed when asked for: `hostvars`, `ansible_facts` of many hosts. */
export abstract class LazyDict extends Map<Value, Value> {}

/** A leaf that is evaluated when it is needed: a template, a vaulted string. */
export abstract class Deferred {
  /** The source text, for messages and `--list-tasks`. */
  abstract readonly text: string;
  abstract readonly position: Position | undefined;
  /** Evaluates to a native value. Throws TsplayError. */
  abstract evaluate(scope: Scope): Value;
}

/**
 * Where names are looked up. One scope belongs to one task on one host (or to one play, or the command line);
 * it memoises what it evaluated and knows when a variable refers to itself.
 */
export interface Scope {
  /** The evaluated value of a variable, or undefined if there is none. Throws TsplayError on a cycle. */
  get(name: string): Value | undefined;
  /** The value as it was written, not evaluated: a template is still one. */
  raw(name: string): Raw | undefined;
  /** All names that `get` knows, for the `vars` and `varnames` lookups and did-you-mean hints. */
  names(): Iterable<string>;
  /** A scope with some more variables on top (`item`, task vars). */
  with(vars: ReadonlyMap<string, Raw>): Scope;
  /** What lookups and includes need of the world. */
  readonly world: World;
}

/** What templates may reach beside variables. Read-only; paths are absolute. */
export interface World {
  /** Folders searched for templates, files and vars, in Ansible's order, for the current task (role first, then play). */
  readonly searchPath: readonly string[];
  /** The folder of the playbook. */
  readonly playbookDir: string;
  /** Environment of the controller. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A setting of Ansible as it is in force, by its name (DEFAULT_FORKS); undefined where there is none of that name. */
  setting?(name: string): Setting | undefined;
  /** Reads a file, decrypting a vaulted one; throws TsplayError. */
  readFile(path: string): Buffer;
  /** Makes text of a trusted source into something to evaluate (template, template_string lookups). */
  compile(text: string, position?: Position): Raw;
  /** A secret came into being (password lookup, vault): it is redacted by value everywhere from now on. */
  secret(value: string): void;
  /** Whether a text came out of a `!vault` one, for the test `vault_encrypted`. */
  wasEncrypted?(text: string): boolean;
  warn(message: string): void;
  /** Filters, tests and lookups that came with the content. */
  readonly plugins?: ContentPlugins | undefined;
}

export type PluginKind = 'filter' | 'test' | 'lookup';

/** A filter or test gets its value and then its arguments, a lookup its terms; `options` are arguments by name. */
export type ContentPlugin = (args: readonly Value[], options: ReadonlyMap<string, Value>, scope: Scope) => Value;

export interface ContentPlugins {
  find(kind: PluginKind, name: string): ContentPlugin | undefined;
  /** Why one that the content has cannot be used: it is in Python, there. */
  refusal(kind: PluginKind, name: string): string | undefined;
}

/** A setting and what it comes from: `default`, `env: ANSIBLE_FORKS`, the path of an ansible.cfg. */
export interface Setting {
  readonly value: Value;
  readonly origin: string;
}

const tuples = new WeakSet<Value[]>();

/** Marks a list as a tuple, which prints as `(1, 2)`. */
export function tuple(items: Value[]): Value[] {
  tuples.add(items);
  return items;
}

export function isTuple(value: Value): boolean {
  return Array.isArray(value) && tuples.has(value);
}

/** A dict from a plain record. */
export function dict(entries: Record<string, Value>): Dict {
  return new Map(Object.entries(entries));
}

/** `omit`: an argument or keyword that evaluates to this counts as not given. Recognised by identity only. */
export const OMIT: Value = new Callable('omit', () => OMIT);
