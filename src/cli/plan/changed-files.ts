import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TsplayError } from '../../engine/model/errors.ts';
import { type Digest, textDigest } from '../../engine/plan/digest.ts';
import type { PlanDocument } from '../../engine/plan/document.ts';

/** Throws TsplayError naming files of a plan that are not as they were. Nothing of them is read but their bytes. */
export function refuseChangedFiles({ content, directory }: PlanDocument, digest: Digest): void {
  const changed = Object.entries(content).flatMap(([path, sum]) => {
    const now = sumOf(resolve(directory, path));
    if (now === undefined) return [`${path} (gone)`];
    return textDigest(digest, 'file', now) === sum ? [] : [path];
  });
  refuse(changed, 'changed since the plan was made');
}

/** The same for files that are read now, and that were not when the plan was made. */
export function refuseNewFiles(planned: PlanDocument['content'], now: PlanDocument['content']): void {
  const fresh = Object.keys(now).filter((path) => !Object.hasOwn(planned, path));
  refuse(fresh, 'read now, and not when the plan was made');
}

function refuse(paths: readonly string[], why: string): void {
  if (paths.length === 0) return;
  throw new TsplayError('usage', `files are ${why}: ${paths.join(', ')}`, {
    hint: 'nothing was done; look at what changed, then make a new plan',
  });
}

function sumOf(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return undefined;
  }
}
