import { readFileSync } from 'node:fs';
import type { World } from '../../../model/value.ts';

/** `~` and `~user` at the start of a path; a user that is not known leaves the path as it is. */
export function expandUser(path: string, env: World['env']): string {
  const [prefix, user] = /^~([^/]*)/.exec(path) ?? [];
  if (prefix === undefined || user === undefined) return path;
  const own = () => env['HOME'] ?? homeOf((fields) => fields[2] === String(process.getuid?.()));
  const home = user === '' ? own() : homeOf((fields) => fields[0] === user);
  return home === undefined ? path : home.replace(/\/+$/, '') + path.slice(prefix.length) || '/';
}

function homeOf(matches: (fields: readonly string[]) => boolean): string | undefined {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .find(matches)?.[5];
  } catch {
    return undefined;
  }
}
