import { sh } from '../quote.ts';
import type { Runner } from '../runner.ts';
import type { Applied, ChangeOf } from './apply.ts';
import { backupName, keepCopy } from './backup.ts';

/** Removes a file, a link (never what it points to) or a folder with all in it. */
export async function applyRemove({ path, backup }: ChangeOf<'remove'>, runner: Runner): Promise<Applied> {
  const remove = sh`rm -rf -- ${path}`;
  return backupName(await runner.script(backup ? sh`${keepCopy(path)} && ${remove}` : remove), backup);
}
