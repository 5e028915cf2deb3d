import {
  closeSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { overwrite } from './overwrite.ts';

/** Plaintext in a file that only its owner can reach, for as long as an editor needs it. */
export interface PrivateCopy {
  readonly path: string;
  read(): Buffer;
  /** Overwrites and removes it, with all that an editor left beside it. May be called more than once. */
  destroy(): void;
}

/** Where it is made, the best first: in memory alone, if the system has such a place. */
export function privateFolders(env: Readonly<Record<string, string | undefined>>): string[] {
  const own = env['XDG_RUNTIME_DIR'];
  return [...(own && isOurs(own) ? [own] : []), '/dev/shm', tmpdir()];
}

/** Under sudo the variable may name the folder of another user, who could put another file in the place of ours. */
function isOurs(folder: string): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat?.uid === process.getuid?.() && (stat!.mode & 0o022) === 0;
}

/** Makes one under the name of the file it is a copy of. Throws what Node throws where no folder can be written to. */
export function makePrivateCopy(name: string, content: Uint8Array, folders: readonly string[]): PrivateCopy {
  const folder = makeFolder(folders);
  const path = join(folder, basename(name));
  const destroy = () => destroyFolder(folder);
  try {
    writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    destroy();
    throw error;
  }
  return { path, read: () => readFileSync(path), destroy };
}

function makeFolder([first, ...others]: readonly string[]): string {
  try {
    return mkdtempSync(join(first ?? '.', 'tsplay-vault-'));
  } catch (error) {
    if (others.length === 0) throw error;
    return makeFolder(others);
  }
}

function destroyFolder(folder: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })) return;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) tryOverwrite(join(entry.parentPath, entry.name));
  }
  rmSync(folder, { recursive: true, force: true });
}

/** What cannot be overwritten is removed all the same. */
function tryOverwrite(path: string): void {
  try {
    const file = openSync(path, 'r+');
    try {
      overwrite(file, fstatSync(file).size);
    } finally {
      closeSync(file);
    }
  } catch {
    // It is removed with its folder.
  }
}
