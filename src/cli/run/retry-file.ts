import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Recap } from '../../engine/model/event.ts';
import { isTrue } from '../settings/convert.ts';
import type { Env } from './config.ts';

/**
 * Writes the hosts that failed to a file for `--limit @FILE`, where settings want one; gives its path. It stands beside the
 * playbook unless a folder is set.
 */
export function writeRetryFile(env: Env, playbook: string, recap: ReadonlyMap<string, Recap>): string | undefined {
  if (!isTrue(env['ANSIBLE_RETRY_FILES_ENABLED'] ?? '')) return undefined;
  const failed = [...recap].filter(([, counts]) => counts.failed > 0 || counts.unreachable > 0).map(([host]) => host);
  if (failed.length === 0) return undefined;
  const folder = env['ANSIBLE_RETRY_FILES_SAVE_PATH'] || dirname(resolve(playbook));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${basename(playbook, extname(playbook))}.retry`);
  writeFileSync(file, `${failed.sort().join('\n')}\n`);
  return file;
}
