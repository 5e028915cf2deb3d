import { fail } from '../values/fail.ts';
import { translateClass } from './char-class.ts';

/** Python's flags of `re`: ignorecase, multiline, dotall, verbose, ascii. */
export interface RegexFlags {
  readonly ignorecase?: boolean;
  readonly multiline?: boolean;
  readonly dotall?: boolean;
  readonly verbose?: boolean;
}

export interface Translation {
  /** Source for JS with the `v`-less `u` flag. */
  readonly source: string;
  readonly ignorecase: boolean;
  /** Python's group names by number. */
  readonly names: ReadonlyMap<string, number>;
  readonly groups: number;
}

interface State {
  readonly pattern: string;
  at: number;
  groups: number;
  readonly names: Map<string, number>;
  flags: { ignorecase: boolean; multiline: boolean; dotall: boolean; verbose: boolean };
  /** Flags to restore at the end of each open group. */
  readonly open: State['flags'][];
}

/** Python's `re` syntax in JavaScript's. Throws TsplayError for what JavaScript cannot do or Python does not accept. */
export function translate(pattern: string, flags: RegexFlags): Translation {
  const state: State = {
    pattern,
    at: 0,
    groups: 0,
    names: new Map(),
    flags: {
      ignorecase: flags.ignorecase ?? false,
      multiline: flags.multiline ?? false,
      dotall: flags.dotall ?? false,
      verbose: flags.verbose ?? false,
    },
    open: [],
  };
  readGlobalFlags(state);
  let source = '';
  while (state.at < pattern.length) source += next(state);
  if (state.open.length) fail(`invalid regular expression '${pattern}': missing ), unterminated subpattern`);
  return { source, ignorecase: state.flags.ignorecase, names: state.names, groups: state.groups };
}

/** `(?im)` at the start counts for the whole pattern. */
function readGlobalFlags(state: State): void {
  const match = /^\(\?([aiLmsux]+)\)/.exec(state.pattern);
  if (!match) return;
  setFlags(state, match[1] ?? '', true);
  state.at = match[0].length;
}

function setFlags(state: State, letters: string, on: boolean): void {
  const flags = { ...state.flags };
  if (letters.includes('i')) flags.ignorecase = on;
  if (letters.includes('m')) flags.multiline = on;
  if (letters.includes('s')) flags.dotall = on;
  if (letters.includes('x')) flags.verbose = on;
  state.flags = flags;
}

function next(state: State): string {
  const char = String.fromCodePoint(state.pattern.codePointAt(state.at) ?? 0);
  state.at += char.length;
  switch (char) {
    case '\\':
      return readEscape(state);
    case '[':
      return readClass(state);
    case '(':
      return openGroup(state);
    case ')':
      state.flags = state.open.pop() ?? fail(`invalid regular expression '${state.pattern}': unbalanced parenthesis`);
      return ')';
    case '.':
      return state.flags.dotall ? '[\\s\\S]' : '[^\\n]';
    case '^':
      return state.flags.multiline ? '(?<=^|\\n)' : '^';
    case '$':
      return state.flags.multiline ? '(?=\\n|$)' : '(?=\\n?$)';
    case '{':
      return repetition(state);
    case '}':
    case ']':
      return `\\${char}`;
    case '#':
      return state.flags.verbose ? comment(state) : '#';
    default:
      return state.flags.verbose && /\s/.test(char) ? '' : char === '/' ? '\\/' : char;
  }
}

function comment(state: State): string {
  const end = state.pattern.indexOf('\n', state.at);
  state.at = end < 0 ? state.pattern.length : end + 1;
  return '';
}

/** Braces that are no repetition are literal in Python and a mistake in JavaScript. */
function repetition(state: State): string {
  const match = /^(\d*)(,?)(\d*)\}/.exec(state.pattern.slice(state.at));
  if (!match || (!match[1] && !match[2])) return '\\{';
  state.at += match[0].length;
  return `{${match[1] || '0'}${match[2]}${match[3]}}`;
}

function readClass(state: State): string {
  const { source, end } = translateClass(state.pattern, state.at);
  state.at = end;
  return source;
}

function openGroup(state: State): string {
  const rest = state.pattern.slice(state.at);
  const remark = /^\?#[^)]*\)/.exec(rest);
  if (remark) {
    state.at += remark[0].length;
    return '';
  }
  const reference = /^\?P=(\w+)\)/.exec(rest);
  if (reference) {
    state.at += reference[0].length;
    const number = state.names.get(reference[1] ?? '');
    return number === undefined ? fail(`unknown group name '${reference[1]}'`) : `(?:\\${number})`;
  }
  state.open.push(state.flags);
  const named = /^\?P?<([A-Za-z_]\w*)>/.exec(rest);
  if (named) {
    state.at += named[0].length;
    state.groups += 1;
    state.names.set(named[1] ?? '', state.groups);
    return '(';
  }
  const scoped = /^\?([aiLmsux]*)(?:-([imsx]+))?:/.exec(rest);
  if (scoped) {
    state.at += scoped[0].length;
    if (/i/.test(scoped[1] ?? '') !== state.flags.ignorecase && /i/.test(`${scoped[1]}${scoped[2] ?? ''}`)) {
      fail(`'(?${scoped[1]}:' in a regular expression is not supported; set the flag for the whole pattern`);
    }
    setFlags(state, scoped[1] ?? '', true);
    setFlags(state, scoped[2] ?? '', false);
    return '(?:';
  }
  const look = /^\?(?:=|!|<=|<!)/.exec(rest);
  if (look) {
    state.at += look[0].length;
    return `(${look[0]}`;
  }
  if (rest.startsWith('?')) fail(`'(${rest.slice(0, 3)}' in a regular expression is not supported`);
  state.groups += 1;
  return '(';
}

function readEscape(state: State): string {
  const char = String.fromCodePoint(state.pattern.codePointAt(state.at) ?? 0x5c);
  if (state.at >= state.pattern.length)
    fail(`invalid regular expression '${state.pattern}': bad escape (end of pattern)`);
  state.at += char.length;
  switch (char) {
    case 'A':
      return '(?<![\\s\\S])';
    case 'Z':
      return '(?![\\s\\S])';
    case 'b':
    case 'B':
      return wordBoundary(char);
    case 'a':
      return '\\x07';
    case 'w':
      return '[\\p{L}\\p{N}_]';
    case 'W':
      return '[^\\p{L}\\p{N}_]';
    case 'd':
      return '\\p{Nd}';
    case 'D':
      return '\\P{Nd}';
    case 's':
    case 'S':
    case 'n':
    case 'r':
    case 't':
    case 'f':
    case 'v':
      return `\\${char}`;
    case 'x':
    case 'u':
    case 'U':
      return codeEscape(state, char);
    case '0':
      return octal(state);
    default:
      return otherEscape(state, char);
  }
}

// JavaScript's \b knows ASCII only.
function wordBoundary(char: string): string {
  const word = '[\\p{L}\\p{N}_]';
  const inside = `(?<=${word})`;
  const outside = `(?<!${word})`;
  return char === 'b'
    ? `(?:${inside}(?!${word})|${outside}(?=${word}))`
    : `(?:${inside}(?=${word})|${outside}(?!${word}))`;
}

function codeEscape(state: State, char: string): string {
  const width = char === 'x' ? 2 : char === 'u' ? 4 : 8;
  const digits = state.pattern.slice(state.at, state.at + width);
  if (!new RegExp(`^[0-9a-fA-F]{${width}}$`).test(digits)) {
    fail(`invalid regular expression '${state.pattern}': incomplete escape \\${char}${digits}`);
  }
  state.at += width;
  return `\\u{${digits}}`;
}

function octal(state: State): string {
  const digits = /^[0-7]{0,2}/.exec(state.pattern.slice(state.at))?.[0] ?? '';
  state.at += digits.length;
  return `\\x${Number.parseInt(digits || '0', 8)
    .toString(16)
    .padStart(2, '0')}`;
}

function otherEscape(state: State, char: string): string {
  if (/[1-9]/.test(char)) {
    const digits = /^\d?/.exec(state.pattern.slice(state.at))?.[0] ?? '';
    state.at += digits.length;
    const number = Number(char + digits);
    if (number > state.groups) fail(`invalid group reference ${number} in regular expression '${state.pattern}'`);
    return `(?:\\${number})`;
  }
  if (/[A-Za-z]/.test(char)) fail(`invalid regular expression '${state.pattern}': bad escape \\${char}`);
  // A literal; JavaScript's u flag allows a backslash before these signs alone.
  return /[\^$\\.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
}
