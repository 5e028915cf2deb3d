import { readFileSync } from 'node:fs';
import type { TsplayError } from '../../engine/model/errors.ts';
import { formatPosition, type Position } from '../../engine/model/source.ts';

/** An error as a user reads it, with the line of the file that it is about. */
export function errorText(error: TsplayError): string {
  return `${error.describe()}${excerpt(error)}`;
}

/** The same in the order that scripts written for Ansible look for: what is wrong stands first, then where. */
export function errorTextForScripts(error: TsplayError): string {
  const { message, position, hint } = error;
  const where = [position && formatPosition(position), hint].filter((part) => part !== undefined).join(': ');
  return `${message}${where ? `\n\n${where}` : ''}${excerpt(error)}`;
}

/** Only for mistakes in files: other errors have a place too, where the line says nothing more. */
function excerpt({ kind, position }: TsplayError): string {
  const line = (kind === 'parse' || kind === 'missing') && position ? lineAt(position) : undefined;
  if (line === undefined) return '';
  return `\n\n${line}\n${' '.repeat(position!.column - 1)}^`;
}

function lineAt({ file, line }: Position): string | undefined {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)[line - 1];
  } catch {
    return undefined; // A playbook that was made, or a file that is gone.
  }
}
