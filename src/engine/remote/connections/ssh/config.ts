import { readdirSync, readFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { splitWords } from '../../words.ts';
import { splitOption } from './args.ts';

/** Values by option in lower case: the first found counts, except for those that add up. */
export type Config = Map<string, string[]>;

const ADDING = new Set(['identityfile', 'certificatefile', 'sendenv', 'setenv']);
const DEEPEST = 16;

/** Sets an option unless it is set already. */
export function setOption(config: Config, name: string, value: string): void {
  const known = config.get(name);
  if (!known) config.set(name, [value]);
  else if (ADDING.has(name)) known.push(value);
}

/**
 * Adds what a configuration file says for a host, `Host`, `Match` and `Include` obeyed. A file that is not there says
 * nothing. `Match exec` is never run and so never matches.
 */
export function readConfig(config: Config, file: string, host: string, depth = 0): void {
  const text = readText(file);
  if (text === undefined || depth > DEEPEST) return;
  let active = true;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [name, value] = splitOption(line);
    if (name === 'host') active = matchPatterns(splitWords(value), host);
    else if (name === 'match') active = matches(config, splitWords(value), host);
    else if (!active) continue;
    else if (name === 'include') {
      for (const pattern of splitWords(value)) {
        for (const found of glob(pattern, file)) readConfig(config, found, host, depth + 1);
      }
    } else setOption(config, name, unquote(value));
  }
}

/** OpenSSH's pattern lists: `*`, `?`, and `!` which refuses. */
export function matchPatterns(patterns: readonly string[], text: string): boolean {
  let found = false;
  for (const pattern of patterns) {
    const negated = pattern.startsWith('!');
    if (!wildcard(negated ? pattern.slice(1) : pattern).test(text)) continue;
    if (negated) return false;
    found = true;
  }
  return found;
}

/** A pattern as a regular expression; runs of `*` count once, so that none takes exponential time. */
export function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/\*+/g, '*')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is');
}

function matches(config: Config, words: readonly string[], original: string): boolean {
  const host = config.get('hostname')?.[0]?.replaceAll('%h', original) ?? original;
  const user = config.get('user')?.[0] ?? userInfo().username;
  for (let index = 0; index < words.length; index++) {
    const [criterion, given] = splitCriterion(words[index] as string);
    const negated = criterion.startsWith('!');
    const name = negated ? criterion.slice(1) : criterion;
    if (name === 'all') {
      if (negated) return false;
      continue;
    }
    if (name === 'canonical' || name === 'final') {
      if (!negated) return false; // there is no second pass
      continue;
    }
    const patterns = (given ?? words[++index] ?? '').split(',');
    const subject = { host, originalhost: original, user, localuser: userInfo().username }[name];
    if (subject === undefined || matchPatterns(patterns, subject) === negated) return false;
  }
  return true;
}

function splitCriterion(word: string): [string, string | undefined] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word.toLowerCase(), undefined] : [word.slice(0, equals).toLowerCase(), word.slice(equals + 1)];
}

function glob(pattern: string, from: string): string[] {
  const base = from.startsWith('/etc/') ? '/etc/ssh' : join(homedir(), '.ssh');
  const home = pattern.replace(/^~(?=\/)/, homedir());
  const path = isAbsolute(home) ? home : join(base, home);
  const name = path.slice(dirname(path).length + 1);
  if (!/[*?]/.test(name)) return [path];
  try {
    const matching = readdirSync(dirname(path)).filter((entry) => !entry.startsWith('.') && wildcard(name).test(entry));
    return matching.sort().map((entry) => join(dirname(path), entry));
  } catch {
    return [];
  }
}

function unquote(value: string): string {
  return /^"[^"]*"$/.test(value) ? value.slice(1, -1) : value;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
