import { randomBytes } from 'node:crypto';
import {
  close,
  existsSync,
  fdatasync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TsplayError } from '../model/errors.ts';
import type { Seal } from '../vault/seal.ts';

const toDisk = promisify(fdatasync);
const closed = promisify(close);

/** The folder of one run: its journal, and content by digest beside it. */
export class RunFolder {
  readonly path: string;
  readonly id: string;
  private readonly seal: Seal;
  private readonly kept = new Set<string>();
  /** Content on its way to the disk. */
  private fresh: Promise<void>[] = [];

  private constructor(path: string, id: string, seal: Seal) {
    this.path = path;
    this.id = id;
    this.seal = seal;
  }

  /** A new one, named by the time so that names sort; 0700. */
  static make(stateDir: string, time: Date, seal: Seal): RunFolder {
    const runs = join(stateDir, 'runs');
    mkdirSync(runs, { recursive: true, mode: 0o700 });
    const stamp = time.toISOString().replace(/[-:]/g, '').slice(0, 15).replace('T', '-');
    for (;;) {
      const id = `${stamp}-${randomBytes(2).toString('hex')}`;
      try {
        mkdirSync(join(runs, id), { mode: 0o700 });
        return new RunFolder(join(runs, id), id, seal);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }

  static open(stateDir: string, id: string, seal: Seal): RunFolder {
    return new RunFolder(join(stateDir, 'runs', id), id, seal);
  }

  get journal(): string {
    return join(this.path, 'journal.ndjson');
  }

  get lock(): string {
    return join(this.path, 'lock');
  }

  /** Keeps content, encrypted; the name by which `content` gives it back. Same content is kept once. */
  keep(content: Buffer): string {
    const name = this.seal.digest(content);
    if (this.kept.has(name)) return name;
    const folder = join(this.path, 'content');
    const path = join(folder, name);
    if (!existsSync(path)) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const temporary = `${path}.${randomBytes(4).toString('hex')}`;
      const file = openSync(temporary, 'wx', 0o600);
      writeAll(file, this.seal.close(content));
      renameSync(temporary, path);
      this.fresh.push(toDisk(file).finally(() => closed(file)));
    }
    this.kept.add(name);
    return name;
  }

  /** Resolves when all content that was kept so far is on the disk. */
  async sync(): Promise<void> {
    const fresh = this.fresh;
    this.fresh = [];
    await Promise.all(fresh);
  }

  /** Throws TsplayError if it is gone or damaged. */
  content(name: string): Buffer {
    const path = join(this.path, 'content', name);
    try {
      const content = this.seal.open(readFileSync(path));
      if (this.seal.digest(content) === name) return content;
      throw new Error('it is the content of another name');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new TsplayError('usage', `kept content ${path} cannot be read: ${reason}`, { cause: error });
    }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Ids of the runs that are kept, oldest first. */
export function runIds(stateDir: string): string[] {
  try {
    return readdirSync(join(stateDir, 'runs'))
      .filter((name) => /^\d{8}-\d{6}-[0-9a-f]{4}$/.test(name))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
