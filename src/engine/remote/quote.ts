import { TsplayError } from '../model/errors.ts';
import { Script } from '../model/script.ts';

/** What may stand in a script: a string is one word, a list is one word for each member, a Script is spliced as it is. */
export type Splice = string | number | Script | readonly (string | number)[];

/**
 * Makes shell text. Values are quoted, so that the host's shell sees each as exactly one word:
 * sh`chown ${owner} ${path}`, sh`rm -f -- ${paths}`. The template's own text is taken as it stands, backslashes
 * included; only a backslash before a brace expression or a backquote, which JavaScript needs, goes away.
 * Throws TsplayError for a NUL byte, which no shell word can hold.
 */
export function sh(strings: TemplateStringsArray, ...values: readonly Splice[]): Script {
  const texts = strings.raw.map((raw) => raw.replace(/\\(?=\$\{|`)/g, ''));
  let text = texts[0] ?? '';
  for (const [index, value] of values.entries()) text += splice(value) + (texts[index + 1] ?? '');
  return new Script(text);
}

/** Several scripts as one, `separator` between them (it is shell text: `; `, ` && `, ` | `). */
export function join(scripts: readonly Script[], separator = '; '): Script {
  return new Script(scripts.map((script) => script.text).join(separator));
}

/** One value as one shell word. */
export function quote(value: string): string {
  if (value.includes('\0')) throw new TsplayError('module', 'a NUL byte cannot be passed to a command');
  return `'${value.replaceAll("'", "'\\''")}'`;
}

function splice(value: Splice): string {
  if (value instanceof Script) return value.text;
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return quote(String(value));
  return value.map((member) => quote(String(member))).join(' ');
}
