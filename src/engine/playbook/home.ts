import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';

/** A path of the controller with `~` or `~user` at its start replaced by that user's home; unknown users stay as written. */
export function expandHome(path: string): string {
  const [, user, rest = ''] = /^~([^/]*)(.*)$/s.exec(path) ?? [];
  if (user === undefined) return path;
  const home = user === '' ? homedir() : homeOf(user);
  return home === undefined ? path : home + rest;
}

function homeOf(user: string): string | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${user}:`));
  return line?.split(':')[5];
}
