import { lexExpression } from './expression-lexer.ts';
import type { Syntax } from './options.ts';
import { SyntaxFault, type Token } from './token.ts';

/** All kinds of line ends print as the template's own. */
const LINE_END = /\r\n?/g;

type TagKind = 'variable' | 'block' | 'comment';

interface Delimiters {
  /** Finds the next opening delimiter; groups: which one, and a sign behind it. */
  readonly opening: RegExp;
  readonly kinds: ReadonlyMap<string, TagKind>;
  readonly variableEnd: RegExp;
  readonly blockEnd: RegExp;
  readonly commentEnd: RegExp;
  readonly rawBegin: RegExp;
  readonly rawEnd: RegExp;
}

const cache = new WeakMap<Syntax, Delimiters>();

/** Cuts a template into tokens, whitespace control and raw blocks already applied. Throws SyntaxFault. */
export function lex(source: string, syntax: Syntax): Token[] {
  const tokens: Token[] = [];
  const delimiters = delimitersOf(syntax);
  const end = endOf(source, syntax);
  let at = 0;
  // Whether the text before `at` ended with `-` (strip all white space) or with a tag whose newline is dropped.
  let strip = false;
  while (at < end) {
    delimiters.opening.lastIndex = at;
    const found = delimiters.opening.exec(source);
    const start = found && found.index < end ? found.index : end;
    const sign = found?.[2] ?? '';
    const kind = found && start < end ? (delimiters.kinds.get(found[1] ?? '') ?? 'comment') : undefined;
    pushData(tokens, source, at, start, { strip, kind, sign, lstrip: syntax.lstripBlocks });
    strip = false;
    if (!found || !kind) break;
    const inside = start + found[0].length;
    if (kind === 'comment') {
      ({ at, strip } = skipComment(source, start, inside, syntax, delimiters));
    } else if (kind === 'block' && test(delimiters.rawBegin, source, start)) {
      ({ at, strip } = readRaw(tokens, source, start, syntax, delimiters));
    } else {
      ({ at, strip } = readTag(tokens, source, { kind, start, inside }, syntax, delimiters));
    }
  }
  tokens.push({ kind: 'eof', text: '', offset: source.length });
  return tokens;
}

/** One trailing newline is dropped unless it is to be kept. */
function endOf(source: string, syntax: Syntax): number {
  if (syntax.keepTrailingNewline || !source.endsWith('\n')) return source.length;
  return source.length - (source.endsWith('\r\n') ? 2 : 1);
}

interface Gap {
  readonly strip: boolean;
  readonly kind: TagKind | undefined;
  readonly sign: string;
  readonly lstrip: boolean;
}

function pushData(tokens: Token[], source: string, from: number, to: number, gap: Gap): void {
  let text = source.slice(from, to).replace(LINE_END, '\n');
  if (gap.strip) text = text.trimStart();
  if (gap.sign === '-') text = text.trimEnd();
  else if (gap.lstrip && gap.sign !== '+' && (gap.kind === 'block' || gap.kind === 'comment')) {
    text = stripIndent(text, from === 0 || source[from - 1] === '\n');
  }
  if (text) tokens.push({ kind: 'data', text, offset: from });
}

/** Removes blanks between the start of the line and a tag. */
function stripIndent(text: string, atLineStart: boolean): string {
  const lineStart = text.lastIndexOf('\n') + 1;
  if (lineStart === 0 && !atLineStart) return text;
  return /\S/.test(text.slice(lineStart)) ? text : text.slice(0, lineStart);
}

interface Step {
  readonly at: number;
  readonly strip: boolean;
}

/** Where text goes on behind a closing delimiter of a block or comment. */
function afterClosing(source: string, match: RegExpExecArray, sign: string, trimBlocks: boolean): Step {
  const at = match.index + match[0].length;
  if (sign === '-') return { at, strip: true };
  const newline = trimBlocks && sign !== '+' ? /\r?\n/y : undefined;
  if (newline) newline.lastIndex = at;
  return { at: at + (newline?.exec(source)?.[0].length ?? 0), strip: false };
}

function skipComment(source: string, start: number, inside: number, syntax: Syntax, delimiters: Delimiters): Step {
  const end = find(delimiters.commentEnd, source, inside);
  if (!end) throw new SyntaxFault('missing end of comment tag', start, `close it with ${syntax.commentEnd}`);
  return afterClosing(source, end, end[1] ?? '', syntax.trimBlocks);
}

function readRaw(tokens: Token[], source: string, start: number, syntax: Syntax, delimiters: Delimiters): Step {
  const begin = find(delimiters.rawBegin, source, start) as RegExpExecArray;
  // The newline behind `raw` stays, whatever the rules for other tags.
  const body = afterClosing(source, begin, begin[1] ?? '', false);
  const end = find(delimiters.rawEnd, source, body.at);
  if (!end) throw new SyntaxFault('missing end of raw directive', start, 'close it with endraw');
  const gap: Gap = { strip: body.strip, kind: 'block', sign: end[1] ?? '', lstrip: syntax.lstripBlocks };
  pushData(tokens, source, body.at, end.index, gap);
  return afterClosing(source, end, end[2] ?? '', syntax.trimBlocks);
}

function readTag(
  tokens: Token[],
  source: string,
  tag: { readonly kind: 'variable' | 'block'; readonly start: number; readonly inside: number },
  syntax: Syntax,
  delimiters: Delimiters,
): Step {
  const { kind, start, inside } = tag;
  const closing = kind === 'variable' ? delimiters.variableEnd : delimiters.blockEnd;
  tokens.push({ kind: `${kind}-begin`, text: source.slice(start, inside), offset: start });
  const literal = syntax.literalBackslashes && kind === 'variable';
  const end = lexExpression(source, inside, closing, literal, (token) => tokens.push(token));
  closing.lastIndex = end;
  const match = closing.exec(source) as RegExpExecArray;
  tokens.push({ kind: `${kind}-end`, text: match[0], offset: end });
  if (kind === 'block') return afterClosing(source, match, match[1] ?? '', syntax.trimBlocks);
  return { at: end + match[0].length, strip: match[1] === '-' };
}

function find(expression: RegExp, source: string, from: number): RegExpExecArray | null {
  const global = new RegExp(expression.source, 'g');
  global.lastIndex = from;
  return global.exec(source);
}

function test(expression: RegExp, source: string, at: number): boolean {
  expression.lastIndex = at;
  return expression.test(source);
}

function delimitersOf(syntax: Syntax): Delimiters {
  const known = cache.get(syntax);
  if (known) return known;
  const kinds = new Map<string, TagKind>([
    [syntax.commentStart, 'comment'],
    [syntax.blockStart, 'block'],
    [syntax.variableStart, 'variable'],
  ]);
  // Of delimiters that begin alike, the longest counts.
  const openings = [...kinds.keys()].sort((a, b) => b.length - a.length).map(quote);
  const [begin, end] = [quote(syntax.blockStart), quote(syntax.blockEnd)];
  const delimiters: Delimiters = {
    opening: new RegExp(`(${openings.join('|')})([-+]?)`, 'g'),
    kinds,
    variableEnd: new RegExp(`(-?)${quote(syntax.variableEnd)}`, 'y'),
    blockEnd: new RegExp(`([-+]?)${end}`, 'y'),
    commentEnd: new RegExp(`([-+]?)${quote(syntax.commentEnd)}`, 'y'),
    rawBegin: new RegExp(`${begin}[-+]?\\s*raw\\s*(-?)${end}`, 'y'),
    rawEnd: new RegExp(`${begin}([-+]?)\\s*endraw\\s*([-+]?)${end}`, 'y'),
  };
  cache.set(syntax, delimiters);
  return delimiters;
}

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
