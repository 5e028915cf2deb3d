import type { Change, Digests, Outcome } from '../../model/change.ts';
import type { Completed } from '../../model/script.ts';
import type { Runner } from '../runner.ts';
import { applyAttributes } from './attributes.ts';
import { applyCopy } from './copy.ts';
import { applyDirectory } from './directory.ts';
import { applyDownload, type Downloader } from './download.ts';
import { applyLink } from './link.ts';
import { applyRemove } from './remove.ts';
import { applyRun } from './run.ts';
import { applyTogether } from './together.ts';
import type { Uploader } from './upload.ts';
import { applyWrite } from './write.ts';

/** What applying gives, before the times are added. */
export type Applied = Completed & { readonly backupFile?: string; readonly digests?: Digests };

/** How whole files pass, beside the shell. */
export interface Transfers {
  readonly upload: Uploader;
  readonly download: Downloader;
}

/** Makes one change on the host. A change that fails is an outcome with its rc and message; only a lost host throws. */
export async function applyChange(change: Change, runner: Runner, transfers: Transfers): Promise<Outcome> {
  const start = Date.now() / 1000;
  const applied = await dispatch(change, runner, transfers);
  return { ...applied, start, end: Date.now() / 1000 };
}

/** Makes a group of changes, up to the first that fails. */
export async function applyGroup(changes: readonly Change[], runner: Runner, transfers: Transfers): Promise<Outcome[]> {
  const writes = changes.filter((change) => change.kind === 'write');
  const together = writes.length > 1 ? await applyTogether(writes, runner) : undefined;
  if (together) return together;
  const outcomes: Outcome[] = [];
  for (const change of changes) {
    const outcome = await applyChange(change, runner, transfers);
    outcomes.push(outcome);
    if (outcome.rc !== 0) break;
  }
  return outcomes;
}

function dispatch(change: Change, runner: Runner, transfers: Transfers): Promise<Applied> {
  switch (change.kind) {
    case 'write':
      return applyWrite(change, runner, transfers.upload);
    case 'copy':
      return applyCopy(change, runner);
    case 'directory':
      return applyDirectory(change, runner);
    case 'attributes':
      return applyAttributes(change, runner);
    case 'link':
      return applyLink(change, runner);
    case 'remove':
      return applyRemove(change, runner);
    case 'run':
      return applyRun(change, runner);
    case 'download':
      return applyDownload(change, transfers.download);
    case 'share':
      throw new Error('what is shared goes to a store, not to a host');
  }
}

/** The variant of a change of one kind. */
export type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>;
