import { readFileSync } from 'node:fs';
import type { TsplayError } from '../../engine/model/errors.ts';
import { formatPosition, type Position } from '../../engine/model/source.ts';
import { isVaulted } from '../../engine/vault/envelope.ts';

/** An error as a user reads it, with the line of the file that it is about. */
export function errorText(error: TsplayError): string {
  return `${error.describe()}${excerpt(error)}${notes(error)}`;
}

/** The same in the order that scripts written for Ansible look for: what is wrong stands first, then where. */
export function errorTextForScripts(error: TsplayError): string {
  const { message, position, hint } = error;
  const where = [position && formatPosition(position), hint].filter((part) => part !== undefined).join(': ');
  return `${message}${where ? `\n\n${where}` : ''}${excerpt(error)}${notes(error)}`;
}

function notes({ notes }: TsplayError): string {
  return notes.length > 0 ? `\n\n${notes.join('\n')}` : '';
}

/** Characters that are shown of a long line. */
const WIDTH = 160;
/** What stands in no line that a person wrote. */
const NO_TEXT = /[\0-\x08\x0e-\x1f\ufffd]/;

const OF_CONTENT: readonly TsplayError['kind'][] = ['parse', 'missing', 'play'];

/** Only for mistakes in files: other errors have a place too, where the line says nothing more. */
function excerpt({ kind, position }: TsplayError): string {
  const line = OF_CONTENT.includes(kind) && position ? lineAt(position) : undefined;
  if (!line || NO_TEXT.test(line)) return '';
  const start = Math.max(0, position!.column - 1 - WIDTH / 2);
  const indent = line.slice(start, position!.column - 1).replace(/[^\t]/g, ' ');
  return `\n\n${line.slice(start, start + WIDTH)}\n${indent}^`;
}

function lineAt({ file, line }: Position): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return isVaulted(text) ? undefined : text.split(/\r?\n/)[line - 1];
  } catch {
    return undefined; // A playbook that was made, or a file that is gone.
  }
}
