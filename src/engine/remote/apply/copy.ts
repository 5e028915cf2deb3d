import { randomBytes } from 'node:crypto';
import { sh } from '../quote.ts';
import type { Runner } from '../runner.ts';
import type { Applied, ChangeOf } from './apply.ts';
import { backupName } from './backup.ts';
import { moveIntoPlace, nameTemporary } from './replace.ts';

/** Copies a file of the host to another path of it, with the same care as a write. */
export async function applyCopy(change: ChangeOf<'copy'>, runner: Runner): Promise<Applied> {
  const name = nameTemporary(change, randomBytes(6).toString('hex'));
  const fill = sh`umask 077; set -C; cat -- ${change.from} >"$t" || { e=$?; rm -f -- "$t"; exit $e; }; set +C; umask "$_u"`;
  return backupName(await runner.script(sh`${name}; ${fill}; ${moveIntoPlace(change)}`), change.backup);
}
