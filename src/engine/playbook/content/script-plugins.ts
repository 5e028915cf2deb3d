import { TsplayError } from '../../model/errors.ts';
import type { ContentPlugin, PluginKind, Scope, Value } from '../../model/value.ts';
import { fromPlain, type Plain, toPlain } from './plain.ts';
import type { Exports } from './scripts/script-loader.ts';

/** What a lookup knows of the task that it is used in. */
export interface LookupContext {
  /** A variable's value; undefined where there is none. */
  variable(name: string): Plain;
  /** Folders in which files of the task are searched, the nearest first. */
  readonly searchPath: readonly string[];
  readonly playbookDir: string;
  /** A secret that came into being: it is left out of all output from now on. */
  secret(value: string): void;
}

type Named = Readonly<Record<string, Plain>>;

/** A filter: gets its value and its arguments; arguments by name come last, as an object. */
export type UserFilter = (value: never, ...args: never[]) => unknown;

/**
 * The plugins that a script exports: each function under its own name, those of an object `filters` (`tests`, `lookups`)
 * under names that may be anything, and a default one under the file's name.
 */
export function pluginsOf(kind: PluginKind, exported: Exports, file: string, shown: string): [string, ContentPlugin][] {
  const table = exported[`${kind}s`];
  const named = typeof table === 'object' && table !== null ? { ...exported, ...(table as Exports) } : exported;
  return Object.entries(named).flatMap(([name, plugin]): [string, ContentPlugin][] => {
    if (typeof plugin !== 'function') return [];
    const called = name === 'default' ? file : name;
    return [[called, guarded(`${kind} ${called} (${shown})`, made(kind, plugin as (...args: unknown[]) => unknown))]];
  });
}

function made(kind: PluginKind, plugin: (...args: unknown[]) => unknown): ContentPlugin {
  if (kind === 'lookup') {
    return (terms, options, scope) => fromPlain(plugin(terms.map(toPlain), objectOf(options), contextOf(scope)));
  }
  return (args, options) => fromPlain(plugin(...args.map(toPlain), ...(options.size > 0 ? [objectOf(options)] : [])));
}

/** A script's own failure is one of the template that uses it. */
function guarded(what: string, plugin: ContentPlugin): ContentPlugin {
  return (args, options, scope) => {
    try {
      return plugin(args, options, scope);
    } catch (error) {
      if (error instanceof TsplayError) throw error;
      const message = error && typeof error === 'object' && 'message' in error ? String(error.message) : String(error);
      throw new TsplayError('template', `${what}: ${message}`, { cause: error });
    }
  };
}

function objectOf(options: ReadonlyMap<string, Value>): Named {
  return Object.fromEntries([...options].map(([name, value]) => [name, toPlain(value)]));
}

function contextOf(scope: Scope): LookupContext {
  const { world } = scope;
  return {
    variable: (name) => {
      const value = scope.get(name);
      return value === undefined ? undefined : toPlain(value);
    },
    searchPath: world.searchPath,
    playbookDir: world.playbookDir,
    secret: world.secret,
  };
}
