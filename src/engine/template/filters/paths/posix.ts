import { readlinkSync } from 'node:fs';
import { fail } from '../../values.ts';

/** What follows the last slash: empty for `/a/b/`. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What stands before the last slash, without slashes at its end: `/a/b` for `/a/b/`. */
export function dirname(path: string): string {
  const head = path.slice(0, path.lastIndexOf('/') + 1);
  return head.replace(/\/+$/, '') || head;
}

/** Joins; an absolute member makes what stands before it void. */
export function join(first: string, ...rest: readonly string[]): string {
  let path = first;
  for (const part of rest) {
    if (part.startsWith('/')) path = part;
    else path += path === '' || path.endsWith('/') ? part : `/${part}`;
  }
  return path;
}

/** Without `.`, `..` and double slashes, as far as text alone tells; exactly two slashes at the start are kept, as POSIX says. */
export function normpath(path: string): string {
  if (path === '') return '.';
  const root = /^\/\/(?!\/)/.test(path) ? '//' : path.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || (root === '' && (parts.length === 0 || parts.at(-1) === '..'))) parts.push(part);
    else parts.pop();
  }
  return root + parts.join('/') || '.';
}

export function abspath(path: string): string {
  return normpath(join(process.cwd(), path));
}

/** Links resolved as far as the path exists. Throws on a circle of links. */
export function realpath(path: string): string {
  const parts = (text: string) =>
    text
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .reverse();
  const rest = parts(join(process.cwd(), path));
  let resolved = '';
  let links = 0;
  while (rest.length > 0) {
    const part = rest.pop()!;
    if (part === '..') {
      resolved = resolved.slice(0, Math.max(0, resolved.lastIndexOf('/')));
      continue;
    }
    const target = readLink(`${resolved}/${part}`);
    if (target === undefined) {
      resolved += `/${part}`;
      continue;
    }
    if (++links > 40) fail(`too many levels of symbolic links: ${path}`);
    if (target.startsWith('/')) resolved = '';
    rest.push(...parts(target));
  }
  return resolved || '/';
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

export function relpath(path: string, start: string): string {
  if (path === '') fail('no path specified');
  const [from, to] = [start, path].map((each) => abspath(each).split('/').filter(Boolean)) as [string[], string[]];
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/') || '.';
}

/** Stem and suffix: `['a.tar', '.gz']`; a dot at the start of a name begins no suffix. */
export function splitext(path: string): [string, string] {
  const name = basename(path);
  const stem = /^(\.*[^.].*)\.[^.]*$/s.exec(name)?.[1];
  if (stem === undefined) return [path, ''];
  const cut = path.length - name.length + stem.length;
  return [path.slice(0, cut), path.slice(cut)];
}

export function commonpath(paths: readonly string[]): string {
  if (paths.length === 0) fail('commonpath() arg is an empty sequence');
  const absolute = paths[0]!.startsWith('/');
  if (paths.some((path) => path.startsWith('/') !== absolute)) fail("Can't mix absolute and relative paths");
  const split = paths.map((path) => path.split('/').filter((part) => part !== '' && part !== '.'));
  const first = split[0]!;
  let shared = 0;
  while (shared < first.length && split.every((parts) => parts[shared] === first[shared])) shared++;
  return (absolute ? '/' : '') + first.slice(0, shared).join('/');
}
