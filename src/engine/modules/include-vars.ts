import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { TsplayError } from '../model/errors.ts';
import { Deferred, type Raw, type Value } from '../model/value.ts';
import { search } from '../template/regex.ts';
import { pyStr } from '../template/values.ts';
import { defineModule } from './define.ts';
import type { Controller, Plan } from './types.ts';

const extensions = ['yaml', 'yml', 'json'];

export const includeVars = defineModule({
  name: 'include_vars',
  collection: 'ansible.builtin',
  summary: 'Read variables from a file or from the files of a folder',
  freeForm: 'text',
  controllerOnly: true,
  args: {
    _raw_params: { type: 'str', doc: 'The file.' },
    file: { type: 'raw', doc: 'The file.' },
    dir: { type: 'str', doc: 'The folder.' },
    depth: { type: 'int', default: 0, doc: 'Levels of the folder to read; 0 for all.' },
    files_matching: { type: 'str', doc: 'Regular expression that names in the folder must fit.' },
    ignore_files: { type: 'raw', doc: 'Names in the folder to leave out: regular expressions for their ends.' },
    extensions: { type: 'raw', default: extensions, doc: 'Ends of names that are read.' },
    ignore_unknown_extensions: { type: 'bool', default: false, doc: 'Pass over other names instead of failing.' },
    name: { type: 'str', doc: 'Put all of it into this one variable.' },
    hash_behaviour: { type: 'str', choices: ['replace', 'merge'], doc: 'Merge dicts with those that are there.' },
  },
  prepare(controller, args): Inputs {
    const none = { files: [], vars: new Map<string, Raw>(), encrypted: false };
    try {
      return { ...readAll(controller, args), problem: undefined };
    } catch (error) {
      if (!(error instanceof TsplayError) || error.kind === 'vault') throw error;
      return { ...none, problem: error.message };
    }
  },
  plan(args, _before, inputs): Plan {
    const onlyDir = args.files_matching !== null || args.ignore_files !== null || args.depth !== 0;
    const onlyFile = args.file !== null || args._raw_params !== null;
    if (onlyFile && (args.dir !== null || onlyDir)) {
      return { changes: [], failed: 'You are mixing file only and dir only arguments, these are incompatible' };
    }
    if (inputs.problem !== undefined) {
      const { problem } = inputs;
      return { changes: [], failed: problem, result: { message: problem, ansible_included_var_files: [] } };
    }
    const shown = new Map<Value, Value>([...inputs.vars].map(([name, raw]) => [name, plain(raw)]));
    return {
      changes: [],
      result: {
        ansible_facts: shown,
        ...(inputs.encrypted ? { _ansible_no_log: true } : {}),
        ansible_included_var_files: inputs.files,
      },
      effects: [{ kind: 'vars', vars: inputs.vars }],
    };
  },
  examples: '- include_vars: "{{ ansible_os_family }}.yml"\n- include_vars: {dir: settings, extensions: [yml]}',
});

interface Inputs {
  readonly files: string[];
  readonly vars: Map<string, Raw>;
  /** Some of it stood in an encrypted file. */
  readonly encrypted: boolean;
  readonly problem: string | undefined;
}

interface ReadArgs extends FolderOptions {
  readonly _raw_params: string | null;
  readonly file: Value;
  readonly dir: string | null;
  readonly name: string | null;
  readonly hash_behaviour: 'replace' | 'merge' | null;
}

function readAll(controller: Controller, args: ReadArgs): Omit<Inputs, 'problem'> {
  const files = args.dir === null ? [fileOf(controller, args)] : filesBelow(controller, args.dir, args);
  const contents = files.map((file) => controller.readVars(file));
  const read = new Map(contents.flatMap(({ vars }) => [...vars]));
  const encrypted = contents.some((content) => content.encrypted);
  const vars = args.name === null ? read : new Map<string, Raw>([[args.name, read as Map<Value, Raw>]]);
  return { files, encrypted, vars: args.hash_behaviour === 'merge' ? merge(controller, vars) : vars };
}

function fileOf(controller: Controller, args: { file: Value; _raw_params: string | null }): string {
  const given = args.file ?? args._raw_params;
  const name = typeof given === 'string' ? given.trimEnd() : '';
  if (name === '')
    throw new TsplayError('module', 'Could not find file: none was named', { hint: 'say `file:` or `dir:`' });
  return controller.find('vars', name);
}

interface FolderOptions {
  readonly depth: number;
  readonly files_matching: string | null;
  readonly ignore_files: Value;
  readonly extensions: Value;
  readonly ignore_unknown_extensions: boolean;
}

/** Files of a folder in the order of their paths, folder by folder. */
function filesBelow(controller: Controller, dir: string, options: FolderOptions): string[] {
  const root = rootOf(controller, dir);
  if (!statSync(root).isDirectory()) throw new TsplayError('module', `${root} is not a directory`);
  const known = textList(options.extensions);
  const ignored = textList(options.ignore_files ?? []);
  return foldersBelow(root, options.depth, 1).flatMap((folder) => {
    const names = readdirSync(folder)
      .sort()
      .filter((name) => statSync(join(folder, name)).isFile());
    return names
      .filter((name) => !isMainOfRole(controller, folder, name))
      .filter((name) => options.files_matching === null || search(options.files_matching, name) !== null)
      .filter((name) => !ignored.some((end) => search(`${end}$`, name) !== null))
      .filter((name) => hasExtension(join(folder, name), known, options.ignore_unknown_extensions))
      .map((name) => join(folder, name));
  });
}

function rootOf(controller: Controller, dir: string): string {
  try {
    return controller.find('vars', dir);
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    throw new TsplayError('module', `${dir} directory does not exist`, { cause: error });
  }
}

function foldersBelow(folder: string, depth: number, level: number): string[] {
  if (depth !== 0 && level > depth) return [];
  const below = readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path) && statSync(path).isDirectory());
  return [folder, ...below.sort().flatMap((path) => foldersBelow(path, depth, level + 1))];
}

/** A role's vars/main.yml is read with the role. */
function isMainOfRole(controller: Controller, folder: string, name: string): boolean {
  const role = controller.scope.get('role_path');
  return name === 'main.yml' && typeof role === 'string' && folder === join(role, 'vars');
}

function hasExtension(path: string, known: readonly string[], passOver: boolean): boolean {
  if (known.includes(extname(path).slice(1))) return true;
  if (passOver) return false;
  throw new TsplayError('module', `${path} does not have a valid extension: ${known.join(', ')}`, {
    hint: `rename ${basename(path)}, or say ignore_unknown_extensions`,
  });
}

function textList(value: Value): string[] {
  if (Array.isArray(value)) return value.map(pyStr);
  if (typeof value === 'string') return value.split(/[\s,]+/).filter((word) => word !== '');
  throw new TsplayError('module', `${pyStr(value)} must be a list`);
}

/** Dicts are joined with those of the same name that the host has, as far down as both are dicts. */
function merge(controller: Controller, vars: ReadonlyMap<string, Raw>): Map<string, Raw> {
  return new Map([...vars].map(([name, raw]) => [name, joinDicts(controller.scope.get(name), raw)]));
}

function joinDicts(old: Raw | undefined, raw: Raw): Raw {
  if (!(old instanceof Map && raw instanceof Map)) return raw;
  const joined = new Map<Value, Raw>(old as Map<Value, Raw>);
  for (const [key, item] of raw as Map<Value, Raw>) joined.set(key, joinDicts(joined.get(key), item));
  return joined;
}

/** What results show of a variable that is not evaluated yet: its text. */
function plain(raw: Raw): Value {
  if (raw instanceof Deferred) return raw.text;
  if (Array.isArray(raw)) return (raw as Raw[]).map(plain);
  if (raw instanceof Map) return new Map([...(raw as Map<Value, Raw>)].map(([key, item]) => [key, plain(item)]));
  return raw;
}
