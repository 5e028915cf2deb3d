import { guarded } from './regex/guard.ts';
import type { Match } from './regex/match.ts';
import { compileReplacement } from './regex/replacement.ts';
import { isRisky } from './regex/risk.ts';
import { type RegexFlags, type Translation, translate } from './regex/translate.ts';
import { checkSize, fail } from './values/fail.ts';

export type { Match } from './regex/match.ts';
export type { RegexFlags } from './regex/translate.ts';

type Anchor = 'search' | 'match' | 'fullmatch';

interface Compiled {
  readonly regex: RegExp;
  readonly translation: Translation;
  readonly risky: boolean;
}

const CACHE_SIZE = 500;
const cache = new Map<string, Compiled>();

/** `re.search`: the first match anywhere, or null. All functions here throw TsplayError for a bad or too slow pattern. */
export function search(pattern: string, text: string, flags: RegexFlags = {}): Match | null {
  return first(pattern, text, flags, 'search');
}

/** `re.match`: a match at the start. */
export function match(pattern: string, text: string, flags: RegexFlags = {}): Match | null {
  return first(pattern, text, flags, 'match');
}

/** `re.fullmatch`: a match of the whole text. */
export function fullmatch(pattern: string, text: string, flags: RegexFlags = {}): Match | null {
  return first(pattern, text, flags, 'fullmatch');
}

/** All matches from left to right (`re.finditer`). */
export function finditer(pattern: string, text: string, flags: RegexFlags = {}): Match[] {
  return all(compile(pattern, flags, 'search'), pattern, text, Number.POSITIVE_INFINITY);
}

/** `re.findall`: whole matches, or the group, or lists of groups where there are several. */
export function findall(pattern: string, text: string, flags: RegexFlags = {}): (string | string[])[] {
  return finditer(pattern, text, flags).map(({ groups }) => {
    if (groups.length === 1) return groups[0] ?? '';
    const texts = groups.slice(1).map((group) => group ?? '');
    return texts.length === 1 ? (texts[0] ?? '') : texts;
  });
}

/** `re.subn`: replaces up to `count` matches (0: all); `replacement` knows `\1`, `\g<1>` and `\g<name>`. */
export function subn(
  pattern: string,
  replacement: string,
  text: string,
  count = 0,
  flags: RegexFlags = {},
): { readonly text: string; readonly count: number } {
  const compiled = compile(pattern, flags, 'search');
  const expand = compileReplacement(replacement, compiled.translation.groups, compiled.translation.names);
  const matches = all(compiled, pattern, text, count > 0 ? count : Number.POSITIVE_INFINITY);
  const parts: string[] = [];
  let [end, size] = [0, text.length];
  for (const found of matches) {
    const inserted = expand(found);
    checkSize((size += inserted.length));
    parts.push(text.slice(end, found.start), inserted);
    end = found.end;
  }
  return { text: parts.join('') + text.slice(end), count: matches.length };
}

/** `re.sub`. */
export function sub(pattern: string, replacement: string, text: string, count = 0, flags: RegexFlags = {}): string {
  return subn(pattern, replacement, text, count, flags).text;
}

/** `re.split`: the pieces between matches, with the groups of the separators among them. */
export function split(pattern: string, text: string, max = 0, flags: RegexFlags = {}): (string | null)[] {
  const parts: (string | null)[] = [];
  let end = 0;
  for (const found of all(compile(pattern, flags, 'search'), pattern, text, max > 0 ? max : Number.POSITIVE_INFINITY)) {
    parts.push(text.slice(end, found.start), ...found.groups.slice(1));
    end = found.end;
  }
  parts.push(text.slice(end));
  return parts;
}

/** `re.escape`: a pattern that matches `text` itself. */
export function escapePattern(text: string): string {
  return text.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&');
}

function first(pattern: string, text: string, flags: RegexFlags, anchor: Anchor): Match | null {
  return all(compile(pattern, flags, anchor), pattern, text, 1)[0] ?? null;
}

function all(compiled: Compiled, pattern: string, text: string, limit: number): Match[] {
  if (!compiled.risky && text.length < 100_000) return collect(compiled, text, limit);
  return guarded(() => collect(compiled, text, limit), pattern);
}

function collect({ regex, translation }: Compiled, text: string, limit: number): Match[] {
  const matches: Match[] = [];
  regex.lastIndex = 0;
  while (matches.length < limit) {
    const found = regex.exec(text);
    if (!found) break;
    const end = found.index + found[0].length;
    matches.push({
      start: found.index,
      end,
      groups: Array.from(found, (group) => group ?? null),
      names: translation.names,
    });
    // An empty match moves on by one character, which may be two units long.
    if (found[0] === '') regex.lastIndex += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return matches;
}

function compile(pattern: string, flags: RegexFlags, anchor: Anchor): Compiled {
  const key = `${anchor}${flags.ignorecase ? 'i' : ''}${flags.multiline ? 'm' : ''}${flags.dotall ? 's' : ''}${flags.verbose ? 'x' : ''}/${pattern}`;
  const known = cache.get(key);
  if (known) return known;
  const translation = translate(pattern, flags);
  if (cache.size >= CACHE_SIZE) cache.clear();
  const compiled = { regex: toRegExp(pattern, translation, anchor), translation, risky: isRisky(pattern) };
  cache.set(key, compiled);
  return compiled;
}

function toRegExp(pattern: string, { source, ignorecase }: Translation, anchor: Anchor): RegExp {
  const anchored =
    anchor === 'search' ? source : `(?<![\\s\\S])(?:${source})${anchor === 'fullmatch' ? '(?![\\s\\S])' : ''}`;
  try {
    return new RegExp(anchored, ignorecase ? 'giu' : 'gu');
  } catch (error) {
    const reason = (error as Error).message.replace(/^Invalid regular expression: .*: /, '').toLowerCase();
    return fail(`invalid regular expression '${pattern}': ${reason}`);
  }
}
