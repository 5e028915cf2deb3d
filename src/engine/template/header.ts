import type { Value, World } from '../model/value.ts';
import { readScalar } from './literal.ts';
import type { Syntax } from './syntax/options.ts';
import { fail } from './values/fail.ts';
import { pyStr } from './values/repr.ts';
import { truthy } from './values/truth.ts';

const MARK = '#jinja2:';

const KEYS: ReadonlyMap<string, keyof Syntax> = new Map<string, keyof Syntax>([
  ['block_start_string', 'blockStart'],
  ['block_end_string', 'blockEnd'],
  ['variable_start_string', 'variableStart'],
  ['variable_end_string', 'variableEnd'],
  ['comment_start_string', 'commentStart'],
  ['comment_end_string', 'commentEnd'],
  ['trim_blocks', 'trimBlocks'],
  ['lstrip_blocks', 'lstripBlocks'],
  ['keep_trailing_newline', 'keepTrailingNewline'],
  ['newline_sequence', 'newlineSequence'],
]);

/** Applies a first line `#jinja2: key:value, ...`; `line` is where the body begins. Throws for a pair without colon. */
export function readHeader(
  text: string,
  syntax: Syntax,
  world: Pick<World, 'warn'>,
): { readonly body: string; readonly syntax: Syntax; readonly line: number } {
  if (!text.startsWith(MARK)) return { body: text, syntax, line: 1 };
  const end = text.indexOf('\n');
  const line = text.slice(MARK.length, end < 0 ? undefined : end);
  const changed: Record<string, string | boolean> = {};
  for (const pair of line.split(',')) {
    const [, key = '', value = ''] =
      /^([^:]*):(.*)$/s.exec(pair) ?? fail(`failed to parse jinja2 override '${pair.trim()}'`, 'write key: value');
    const name = KEYS.get(key.trim());
    if (!name) {
      world.warn(`Could not find Jinja2 environment setting to override: '${key.trim()}'`);
      continue;
    }
    const literal = readScalar(value.trim());
    if (literal === undefined) {
      fail(`malformed value of '${key.trim()}' in the jinja2 header: ${value.trim()}`);
    }
    changed[name] = typeof syntax[name] === 'boolean' ? truthy(literal as Value) : pyStr(literal as Value);
  }
  return { body: end < 0 ? '' : text.slice(end + 1), syntax: { ...syntax, ...changed }, line: 2 };
}
