import type { Change, Outcome } from '../../model/change.ts';
import type { Completed } from '../../model/script.ts';
import type { Runner } from '../runner.ts';
import { applyAttributes } from './attributes.ts';
import { applyCopy } from './copy.ts';
import { applyDirectory } from './directory.ts';
import { applyLink } from './link.ts';
import { applyLocalWrite } from './local-write.ts';
import { applyRemove } from './remove.ts';
import { applyRun } from './run.ts';
import type { Uploader } from './upload.ts';
import { applyWrite } from './write.ts';

/** What applying gives, before the times are added. */
export type Applied = Completed & { readonly backupFile?: string };

/** Makes one change on the host. A change that fails is an outcome with its rc and message; only a lost host throws. */
export async function applyChange(change: Change, runner: Runner, uploader: Uploader): Promise<Outcome> {
  const start = Date.now() / 1000;
  const applied = await dispatch(change, runner, uploader);
  return { ...applied, start, end: Date.now() / 1000 };
}

function dispatch(change: Change, runner: Runner, uploader: Uploader): Promise<Applied> {
  switch (change.kind) {
    case 'write':
      return applyWrite(change, runner, uploader);
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
    case 'local-write':
      return applyLocalWrite(change);
  }
}

/** The variant of a change of one kind. */
export type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>;
