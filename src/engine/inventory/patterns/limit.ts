import { readFileSync } from 'node:fs';
import { TsplayError } from '../../model/errors.ts';
import { splitPattern } from './split.ts';

/** The single patterns of `--limit`; `@file` stands for the lines of a file. Throws TsplayError. */
export function readLimit(limit: string): string[] {
  return splitPattern(limit).flatMap((pattern) =>
    pattern.startsWith('@') ? readLimitFile(pattern.slice(1)) : [pattern],
  );
}

function readLimitFile(path: string): string[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.map((line) => line.trim()).filter((line) => line !== '');
  } catch (cause) {
    const reason =
      (cause as NodeJS.ErrnoException).code === 'EISDIR'
        ? 'it must be a file, and this is a folder'
        : 'it cannot be read';
    throw new TsplayError('inventory', `Unable to find limit file ${path}: ${reason}`, { cause });
  }
}
