import { tuple, type Value } from '../../model/value.ts';
import { globFiles } from '../lookups/search.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { defined, fail, typeName } from '../values.ts';
import { basename, commonpath, dirname, join, normpath, realpath, relpath, splitext } from './paths/posix.ts';
import { expandUser } from './paths/user.ts';

export const filters: Filters = {
  basename: (value) => basename(pathOf(value)),
  commonpath(value) {
    if (!Array.isArray(defined(value))) fail(`|commonpath expects sequence, got ${typeName(value)} instead.`);
    return commonpath((value as Value[]).map(pathOf));
  },
  dirname: (value) => dirname(pathOf(value)),
  expanduser: (value, _args, _kwargs, { scope }) => expandUser(pathOf(value), scope.world.env),
  expandvars(value, _args, _kwargs, { scope }) {
    const { env } = scope.world;
    return pathOf(value).replace(/\$(?:(\w+)|\{([^}]*)\})/g, (whole, bare?: string, braced?: string) => {
      const name = bare ?? braced ?? '';
      return (Object.hasOwn(env, name) ? env[name] : undefined) ?? whole;
    });
  },
  fileglob: (value) => globFiles(pathOf(value)),
  normpath: (value) => normpath(pathOf(value)),
  path_join(value) {
    if (Array.isArray(value)) return join(...(value.map(pathOf) as [string, ...string[]]));
    return pathOf(value);
  },
  realpath: (value) => realpath(pathOf(value)),
  relpath(value, args, kwargs) {
    const { start = '.' } = bind(args, kwargs, ['start'], 'relpath');
    return relpath(pathOf(value), start === null ? '.' : pathOf(start));
  },
  splitext: (value) => tuple(splitext(pathOf(value))),
  win_basename: (value) => splitWindows(pathOf(value)).tail,
  win_dirname: (value) => splitWindows(pathOf(value)).head,
  win_splitdrive(value) {
    const { drive, rest } = splitWindowsDrive(pathOf(value));
    return tuple([drive, rest]);
  },
};

function pathOf(value: Value): string {
  if (typeof defined(value) === 'string') return value as string;
  return fail(`expected str, bytes or os.PathLike object, not ${typeName(value)}`);
}

function splitWindowsDrive(path: string): { drive: string; rest: string } {
  const drive = /^(?:[\\/]{2}[^\\/]+[\\/][^\\/]+(?=[\\/]|$)|.:)/s.exec(path)?.[0] ?? '';
  return { drive, rest: path.slice(drive.length) };
}

function splitWindows(path: string): { head: string; tail: string } {
  const { drive, rest } = splitWindowsDrive(path);
  const cut = Math.max(rest.lastIndexOf('\\'), rest.lastIndexOf('/')) + 1;
  const head = rest.slice(0, cut);
  return { head: drive + (head.replace(/[\\/]+$/, '') || head), tail: rest.slice(cut) };
}
