import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './commands.ts';
import { labError } from './errors.ts';
import { mountsBelow } from './trees.ts';

/** The folders of a host's file system: what it wrote, and what it sees. */
export function overlayFolders(folder: string) {
  return { upper: join(folder, 'upper'), work: join(folder, 'work'), merged: join(folder, 'merged') };
}

/** Lays a host's own writes over an image; does nothing if that is done already. */
export async function mountOverlay(image: string, folder: string): Promise<void> {
  const { upper, work, merged } = overlayFolders(folder);
  for (const path of [upper, work, merged]) mkdirSync(path, { recursive: true, mode: 0o755 });
  if (mountsBelow(merged).length > 0) return;
  try {
    const options = `lowerdir=${image},upperdir=${upper},workdir=${work}`;
    await execute('mount', ['-t', 'overlay', 'tsplay-lab', '-o', options, merged]);
  } catch (cause) {
    throw labError(
      `cannot mount an overlay in ${folder}: ${cause instanceof Error ? cause.message : cause}`,
      'set TSPLAY_LAB_DIR to a folder on a disk of its own (ext4, xfs, btrfs or tmpfs)',
      cause,
    );
  }
}
