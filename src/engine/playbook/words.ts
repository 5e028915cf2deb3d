import type { Position } from '../model/source.ts';
import { problem } from './problem.ts';

const PAIRS = [
  ['{{', '}}'],
  ['{%', '%}'],
  ['{#', '#}'],
] as const;

/**
 * Cuts `src=a dest="b c"` into words at blanks that stand outside quotes and templates. Blanks after a word stay
 * with it (only one is taken as the border), so that `joinWords` gives a command's text back as it was.
 * Throws TsplayError when a quote or template is not closed.
 */
export function splitWords(text: string, position?: Position): string[] {
  if (text === '') return [];
  const words: string[] = [];
  const state: State = { quote: undefined, depths: [0, 0, 0] };
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const continued = splitLine(line, words, state);
    if (index < lines.length - 1 && !continued) appendToLast(words, '\n');
  }
  if (state.quote !== undefined || isNested(state)) {
    throw problem(
      `failed at splitting arguments, either an unbalanced jinja2 block or quotes: ${text}`,
      position,
      'close the quote or the braces, or write the arguments as a mapping',
    );
  }
  return words;
}

/** The opposite of `splitWords`. */
export function joinWords(words: readonly string[]): string {
  let text = '';
  for (const word of words) text += text === '' || text.endsWith('\n') ? word : ` ${word}`;
  return text;
}

interface State {
  quote: string | undefined;
  /** Open `{{`, `{%` and `{#`. */
  readonly depths: number[];
}

/** True when the line ends in a lone backslash, which takes the line break away. */
function splitLine(line: string, words: string[], state: State): boolean {
  let continued = false;
  for (const [index, token] of line.split(' ').entries()) {
    if (token === '' && index > 0) {
      appendToLast(words, ' ');
      continue;
    }
    if (token === '\\' && state.quote === undefined) {
      continued = true;
      continue;
    }
    takeToken(token, index === 0, words, state);
  }
  return continued;
}

function takeToken(token: string, first: boolean, words: string[], state: State): void {
  const wasQuoted = state.quote !== undefined;
  const wasNested = isNested(state);
  state.quote = quoteAfter(token, state.quote);
  const belongsToLast = wasNested || wasQuoted;
  for (const [index, pair] of PAIRS.entries()) state.depths[index] = depthAfter(token, state.depths[index]!, pair);
  if (belongsToLast) {
    appendToLast(words, first ? token : ` ${token}`);
    return;
  }
  if (token !== '') words.push(token);
}

function appendToLast(words: string[], text: string): void {
  if (words.length === 0) words.push(text);
  else words[words.length - 1] += text;
}

function isNested(state: State): boolean {
  return state.depths.some((depth) => depth > 0);
}

function quoteAfter(token: string, open: string | undefined): string | undefined {
  let quote = open;
  for (let index = 0; index < token.length; index++) {
    const char = token[index]!;
    if ((char !== '"' && char !== "'") || token[index - 1] === '\\') continue;
    if (quote === undefined) quote = char;
    else if (quote === char) quote = undefined;
  }
  return quote;
}

function depthAfter(token: string, depth: number, [open, close]: readonly [string, string]): number {
  return Math.max(0, depth + token.split(open).length - token.split(close).length);
}
