import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Raw } from '../../model/value.ts';
import { findFile } from '../../template/lookups/search.ts';
import { didYouMean } from '../../template/names.ts';
import { makeWorld, searchPath } from '../../vars/world.ts';
import type { Content, TaskAt } from '../content.ts';
import { LOCKED } from '../read/encrypted.ts';
import { entriesOf } from '../read/folders.ts';
import type { Problem, Rule } from '../types.ts';

export const missingFile: Rule = {
  name: 'missing-file',
  severity: 'error',
  docs: {
    what: 'Roles and files of tasks, variables, templates and contents that are named literally and are not there.',
    why: 'The run ends there, perhaps after it changed half of a host.',
    bad: '- hosts: all\n  tasks:\n    - name: Write the configuration\n      ansible.builtin.template:\n        src: no-such-file.j2\n        dest: /etc/app.conf\n        mode: "0644"',
    good: '- hosts: all\n  tasks:\n    - name: Write the configuration\n      ansible.builtin.copy:\n        content: "port = 80"\n        dest: /etc/app.conf\n        mode: "0644"',
  },
  all: (content) => [...notFound(content), ...variableFiles(content)],
  task(at) {
    const { task, place } = at;
    const wanted = fileOf(at);
    // A task that says when it fails may well expect that the file is not there.
    if (!wanted || task.keywords.ignore_errors !== undefined || task.keywords.failed_when) return [];
    const { kind, name, argument } = wanted;
    const world = makeWorld(QUIET, searchPath(task, place.directory));
    if (findFile({ ...world, playbookDir: place.directory }, kind, name) !== undefined) return [];
    const folders = world.searchPath.map((folder) => resolve(folder, kind));
    const hint = didYouMean(
      name,
      folders.flatMap((folder) => entriesOf(folder).map((entry) => entry.name)),
    );
    const message = `${task.action}: could not find '${name}'`;
    const position = task.argPositions.get(argument) ?? task.position;
    return [{ message, position, hint: hint ?? `looked in ${kind}/ of the role and beside the playbook` }];
  },
};

const QUIET = { playbookDir: '/', secret: () => undefined, decryption: LOCKED, warn: () => undefined };

function notFound({ errors }: Content): Problem[] {
  return errors.flatMap(({ kind, message, position, hint }) =>
    kind === 'missing' && position ? [{ message, position, hint }] : [],
  );
}

interface Wanted {
  readonly kind: 'files' | 'templates' | 'vars';
  readonly name: string;
  readonly argument: string;
}

/** The file of the controller that a task names literally. An absolute one may come into being on the way. */
function fileOf({ task }: TaskAt): Wanted | undefined {
  const { args, action } = task;
  const source = (kind: Wanted['kind'], ...names: string[]): Wanted | undefined => {
    const argument = names.find((name) => args.get(name) !== undefined);
    const raw = argument === undefined ? undefined : args.get(argument);
    const name = typeof raw === 'string' ? raw.trim() : '';
    return name !== '' && isRelative(name) ? { kind, name, argument: argument! } : undefined;
  };
  switch (action) {
    case 'copy':
    case 'unarchive':
      return isRemote(args.get('remote_src')) ? undefined : source('files', 'src');
    case 'template':
      return source('templates', 'src');
    case 'include_vars':
      return args.has('dir') ? source('vars', 'dir') : source('vars', 'file', '_raw_params');
    case 'script': {
      const wanted = source('files', 'cmd', '_raw_params');
      return wanted && !/["'\\]/.test(wanted.name) ? { ...wanted, name: wanted.name.split(/\s/)[0]! } : undefined;
    }
    default:
      return undefined;
  }
}

function isRelative(name: string): boolean {
  return !isAbsolute(name) && !name.startsWith('~') && !/^\w+:\/\//.test(name);
}

/** `remote_src`, or what may turn out to be it. */
function isRemote(raw: Raw | undefined): boolean {
  return raw !== undefined && raw !== false && raw !== 'no' && raw !== 'false';
}

/** `vars_files` of plays: of a list in it one must be there. */
function variableFiles({ plays }: Content): Problem[] {
  return plays.flatMap(({ play }) =>
    play.varsFiles.flatMap((entry): Problem[] => {
      const names = (Array.isArray(entry) ? entry : [entry]) as Raw[];
      if (names.some((name) => typeof name !== 'string' || name.startsWith('~'))) return [];
      if (
        (names as string[]).some(
          (name) => existsSync(resolve(play.directory, name)) || existsSync(resolve(play.directory, 'vars', name)),
        )
      )
        return [];
      return [
        {
          message: `vars_files: could not find ${names.map((name) => `'${String(name)}'`).join(' or ')}`,
          position: play.position,
        },
      ];
    }),
  );
}
