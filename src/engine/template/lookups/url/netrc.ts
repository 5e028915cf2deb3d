import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who to log in as at a host, by ~/.netrc (or $NETRC); undefined where it says nothing. */
export function netrcLogin(
  host: string,
  env: Readonly<Record<string, string | undefined>>,
): { readonly user: string; readonly password: string } | undefined {
  const path = env['NETRC'] ?? (env['HOME'] === undefined ? undefined : join(env['HOME'], '.netrc'));
  const words = path === undefined ? [] : wordsOf(path);
  let machine: string | undefined;
  let found: { user: string; password: string } | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === 'machine' || word === 'default') {
      if (found) return found;
      machine = word === 'default' ? host : words[++at];
      if (machine === host) found = { user: '', password: '' };
    } else if (word === 'login' || word === 'password' || word === 'account') {
      const value = words[++at] ?? '';
      if (found && word === 'login') found.user = value;
      if (found && word === 'password') found.password = value;
    }
  }
  return found;
}

function wordsOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .replace(/^\s*#.*$/gm, '')
      .split(/\s+/)
      .filter(Boolean);
  } catch {
    return []; // Most people have none.
  }
}
