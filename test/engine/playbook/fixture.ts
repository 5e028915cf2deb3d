import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TsplayError } from '../../../src/engine/model/errors.ts';
import type { Item, Play } from '../../../src/engine/model/playbook.ts';
import { Deferred, type Raw, type Scope, type Value } from '../../../src/engine/model/value.ts';
import { loadPlaybook } from '../../../src/engine/playbook/playbook.ts';
import { taskName } from '../../../src/engine/playbook/print.ts';
import type { ActionInfo, ActionTable, LoadOptions } from '../../../src/engine/playbook/types.ts';

const MODULES: ActionInfo[] = [
  { name: 'command', freeForm: 'command', args: {} },
  { name: 'shell', freeForm: 'command', args: {} },
  { name: 'set_fact', freeForm: 'text', args: {} },
  { name: 'copy', args: {} },
  { name: 'ping', args: {} },
  { name: 'lineinfile', args: {} },
  { name: 'sysctl', args: {} },
  { name: 'assert', args: { that: { deferred: true } } },
  { name: 'debug', args: { var: { deferred: true } } },
];

const actions: ActionTable = {
  resolve: (name) => MODULES.find((module) => module.name === name.replace(/^(ansible\.(builtin|legacy|posix))\./, '')),
  names: () => MODULES.map((module) => module.name),
};

/** A scope of plain variables: enough for names of static imports. */
export function plainScope(vars: ReadonlyMap<string, Raw>): Scope {
  const scope: Scope = {
    get: (name) => {
      const raw = vars.get(name);
      return raw instanceof Deferred ? raw.evaluate(scope) : (raw as Value | undefined);
    },
    raw: (name) => vars.get(name),
    names: () => vars.keys(),
    with: (more) => plainScope(new Map([...vars, ...more])),
    world: {
      searchPath: [],
      playbookDir: '/',
      env: {},
      readFile: () => Buffer.alloc(0),
      compile: (text) => text,
      secret: () => {},
      warn: () => {},
    },
  };
  return scope;
}

export interface Loaded {
  readonly plays: Play[];
  readonly warnings: string[];
}

/** Writes files into a folder of their own, and gives it to a function. Names are relative to the folder. */
export function withFiles<Result>(files: Readonly<Record<string, string>>, use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-playbook-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function optionsFor(folder: string, more: Partial<LoadOptions> = {}): LoadOptions {
  return {
    actions,
    hasLookup: (name) => ['items', 'dict', 'first_found'].includes(name),
    scope: plainScope(new Map()),
    rolePaths: [join(folder, 'shared-roles')],
    collectionsPaths: [join(folder, 'collections')],
    ...more,
  };
}

/** Loads `site.yml` of some files. */
export function load(files: Readonly<Record<string, string>>, more: Partial<LoadOptions> = {}): Loaded {
  const warnings: string[] = [];
  const onWarning = (message: string): void => {
    warnings.push(message);
  };
  return withFiles(files, (folder) => {
    const plays = loadPlaybook(join(folder, 'site.yml'), optionsFor(folder, { onWarning, ...more }));
    return { plays, warnings: warnings.map((warning) => warning.replaceAll(`${folder}/`, '')) };
  });
}

/** The message of the error with its place, from the folder of the files. */
export function loadError(files: Readonly<Record<string, string>>): string {
  return withFiles(files, (folder) => {
    try {
      loadPlaybook(join(folder, 'site.yml'), optionsFor(folder));
    } catch (error) {
      return (error as TsplayError).describe().replaceAll(`${folder}/`, '').replaceAll(folder, '.');
    }
    return 'no error';
  });
}

/** Names of tasks as they are run, blocks as nested lists. */
export type Outline = string | Outline[] | { [section: string]: Outline[] };

export function outline(item: Item): Outline {
  if (item.kind === 'task') return taskName(item);
  if (item.rescue.length === 0 && item.always.length === 0) return item.items.map(outline);
  return { block: item.items.map(outline), rescue: item.rescue.map(outline), always: item.always.map(outline) };
}

/** A value for comparison: templates as `<text>`. */
export function plain(raw: Raw | undefined): unknown {
  if (raw instanceof Deferred) return `<${raw.text}>`;
  if (Array.isArray(raw)) return raw.map(plain);
  if (raw instanceof Map) return Object.fromEntries([...raw].map(([key, value]) => [String(key), plain(value as Raw)]));
  return raw;
}

/** Every task of a play in order, those of blocks too. */
export function tasksOf(item: Item): Extract<Item, { kind: 'task' }>[] {
  if (item.kind === 'task') return [item];
  return [...item.items, ...item.rescue, ...item.always].flatMap(tasksOf);
}
