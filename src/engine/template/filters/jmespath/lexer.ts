import type { Value } from '../../../model/value.ts';
import { fail } from '../../values.ts';
import { parseJson } from '../json/parse.ts';

export type Symbol =
  | '.'
  | '[*]'
  | '[]'
  | '[?'
  | '['
  | ']'
  | '{'
  | '}'
  | '('
  | ')'
  | ','
  | ':'
  | '*'
  | '@'
  | '&'
  | '|'
  | '||'
  | '&&'
  | '!'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>=';

export type Token =
  | { readonly kind: 'name'; readonly text: string; readonly quoted: boolean; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'literal'; readonly value: Value; readonly at: number }
  | { readonly kind: Symbol; readonly at: number }
  | { readonly kind: 'end'; readonly at: number };

const TOKEN =
  /\s+|([A-Za-z_]\w*)|("(?:[^"\\]|\\.)*")|(-?\d+)|('(?:[^'\\]|\\.)*')|`((?:[^`\\]|\\.)*)`|(\[\*\]|\[\]|\[\?|\|\||&&|==|!=|<=|>=|[.[\]{}(),:*@&|!<>])/sy;

/** The tokens of a JMESPath expression. Throws TsplayError naming the place of what is none. */
export function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(expression);
    if (!found) return fail(`JMESPath: unexpected "${expression[at]}" at ${at} of ${expression}`);
    const [whole, bare, quoted, number, raw, json, symbol] = found;
    if (bare !== undefined) tokens.push({ kind: 'name', text: bare, quoted: false, at });
    else if (quoted !== undefined) tokens.push({ kind: 'name', text: parseJson(quoted) as string, quoted: true, at });
    else if (number !== undefined) tokens.push({ kind: 'number', value: Number(number), at });
    else if (raw !== undefined) tokens.push({ kind: 'literal', value: raw.slice(1, -1).replaceAll("\\'", "'"), at });
    else if (json !== undefined) tokens.push({ kind: 'literal', value: readLiteral(json.replaceAll('\\`', '`')), at });
    else if (symbol !== undefined) tokens.push({ kind: symbol as Symbol, at });
    at += whole.length;
  }
  return [...tokens, { kind: 'end', at }];
}

/** JSON between backticks; what is no JSON is a text without its quotes, as it once was allowed. */
function readLiteral(text: string): Value {
  const trimmed = text.trim();
  return /^(?:[[{"\d-]|true$|false$|null$)/.test(trimmed) ? parseJson(trimmed) : trimmed;
}
