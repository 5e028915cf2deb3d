import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { TsplayError } from '../../../model/errors.ts';
import { shownPath } from '../../loader.ts';

const OTHERS_WRITE = 0o002;

/** Throws TsplayError for a file that everybody may change, or put another in the place of: it would run as the user. */
export function requireTrusted(path: string): void {
  for (const each of [path, dirname(path)]) {
    if ((statSync(each).mode & OTHERS_WRITE) === 0) continue;
    throw new TsplayError(
      'parse',
      `${shownPath(each)} may be written to by everybody, so ${shownPath(path)} is not run`,
      {
        position: { file: shownPath(path), line: 1, column: 1 },
        hint: `chmod o-w ${shownPath(each)}`,
      },
    );
  }
}
