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
    const isFolder = (cause as NodeJS.ErrnoException).code === 'EISDIR';
    const message = isFolder ? 'Limit starting with "@" must be a file, not a directory:' : 'Unable to find limit file';
    throw new TsplayError('inventory', `${message} ${path}`, { cause });
  }
}
