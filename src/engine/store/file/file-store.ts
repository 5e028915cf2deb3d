import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replaceFile } from '../../files/replace-file.ts';
import { TsplayError } from '../../model/errors.ts';
import type { EntryName } from '../../model/shared.ts';
import type { Store, Stored, Watch, Within } from '../types.ts';
import { nameOfFile, pathOf } from './paths.ts';
import { PollingWatch } from './polling-watch.ts';

/** Entries in a folder, a file each; controllers share it if all of them can write there. */
export class FileStore implements Store {
  readonly place: string;
  private readonly folder: string;

  /** `folder` is absolute, and made when something is put there. */
  constructor(folder: string) {
    this.folder = folder;
    this.place = folder;
  }

  async list(within: Within): Promise<Stored[]> {
    return this.attempt('read', () =>
      this.files(within).flatMap((path) => {
        const name = nameOfFile(this.folder, path);
        const text = readOrNothing(path);
        return name && text !== undefined ? [{ name, text }] : [];
      }),
    );
  }

  async get(name: EntryName): Promise<string | undefined> {
    return this.attempt('read', () => readOrNothing(pathOf(this.folder, name)));
  }

  async put(name: EntryName, text: string): Promise<void> {
    this.attempt('written', () => {
      const path = pathOf(this.folder, name);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      replaceFile(path, text);
    });
  }

  async remove(name: EntryName): Promise<boolean> {
    return this.attempt('written', () => {
      const path = pathOf(this.folder, name);
      const was = readOrNothing(path) !== undefined;
      rmSync(path, { force: true });
      return was;
    });
  }

  /** Another process may replace the entry at any moment: what is taken away is looked at, and put back if it is another. */
  async drop({ name, text }: Stored): Promise<boolean> {
    return this.attempt('written', () => {
      const path = pathOf(this.folder, name);
      const aside = join(dirname(path), `.${randomBytes(6).toString('hex')}`);
      try {
        renameSync(path, aside);
      } catch (error) {
        if (isAbsent(error)) return false;
        throw error;
      }
      const same = readFileSync(aside, 'utf8') === text;
      if (!same) putBack(aside, path);
      rmSync(aside);
      return same;
    });
  }

  async watch(within: Within): Promise<Watch> {
    return new PollingWatch(() => this.attempt('read', () => this.files(within).map(stampOf).join('\n')));
  }

  close(): void {}

  /** Paths of what stands within, sorted. */
  private files({ cluster, kind }: Within): string[] {
    const clusters = cluster === undefined ? namesIn(this.folder) : [cluster];
    return clusters.flatMap((one) => {
      const kinds = kind === undefined ? namesIn(join(this.folder, one)) : [kind];
      return kinds.flatMap((each) => {
        const folder = join(this.folder, one, each);
        return namesIn(folder).map((file) => join(folder, file));
      });
    });
  }

  private attempt<T>(what: 'read' | 'written', work: () => T): T {
    try {
      return work();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new TsplayError('module', `the store ${this.place} cannot be ${what}: ${reason}`, { cause });
    }
  }
}

/** Not those that are on their way to another name. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .sort();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function putBack(aside: string, path: string): void {
  try {
    linkSync(aside, path);
  } catch (error) {
    // One that is newer still.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Another one after each replacement. */
function stampOf(path: string): string {
  try {
    const { ino, mtimeNs } = statSync(path, { bigint: true });
    return `${path} ${ino} ${mtimeNs}`;
  } catch (error) {
    if (isAbsent(error)) return path;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
