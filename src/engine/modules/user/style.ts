import type { Dict, Value } from '../../model/value.ts';
import { dumpJson } from '../../template/filters/json/dump.ts';
import { pyRepr, pyStr } from '../../template/values.ts';

/** How a program takes its arguments: within its own text, or from a file that it is given. */
export type Style = 'inline' | 'json-file' | 'words-file';

/** What is sent to the host. */
export interface Payload {
  readonly program: Buffer;
  /** Content of the file of arguments, if the program reads one. */
  readonly args: Buffer | undefined;
  readonly binary: boolean;
}

const JSON_ARGS = '<<INCLUDE_ANSIBLE_MODULE_JSON_ARGS>>';
const COMPLEX_ARGS = '"<<INCLUDE_ANSIBLE_MODULE_COMPLEX_ARGS>>"';
const VERSION = '"<<ANSIBLE_VERSION>>"';

/** The program with its arguments, in the way that its text asks for. */
export function makePayload(program: Buffer, given: Dict): Payload {
  const binary = isBinary(program);
  switch (binary ? 'json-file' : styleOf(program)) {
    case 'inline':
      return { program: fillIn(program, given), args: undefined, binary };
    case 'json-file':
      return { program, args: Buffer.from(dumpJson(given)), binary };
    case 'words-file':
      return { program, args: Buffer.from(words(given)), binary };
  }
}

function styleOf(program: Buffer): Style {
  if (program.includes(JSON_ARGS)) return 'inline';
  return program.includes('WANT_JSON') ? 'json-file' : 'words-file';
}

/** Whether a control character that no text has stands near its beginning. */
export function isBinary(program: Buffer): boolean {
  return program.subarray(0, 1024).some((byte) => byte === 0x7f || (byte < 0x20 && !TEXT_CONTROLS.has(byte)));
}

const TEXT_CONTROLS = new Set([7, 8, 9, 10, 12, 13, 27]);

function fillIn(program: Buffer, given: Dict): Buffer {
  const json = dumpJson(given);
  const text = program
    .toString('latin1')
    .replaceAll(VERSION, () => pyRepr(given.get('_ansible_version') ?? ''))
    .replaceAll(COMPLEX_ARGS, () => pyRepr(json))
    .replaceAll(JSON_ARGS, () => json);
  return Buffer.from(text, 'latin1');
}

/** `name=value` words, each quoted for a shell: such a file may be sourced. */
function words(given: Dict): string {
  return [...given].map(([name, value]) => `${pyStr(name)}=${shellWord(value)} `).join('');
}

function shellWord(value: Value): string {
  const text = pyStr(value);
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
