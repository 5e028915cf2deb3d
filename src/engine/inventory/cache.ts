import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../files/replace-file.ts';
import { statPath } from '../yaml/stat-path.ts';

export interface CacheOptions {
  /** Folder of the files; made when something is kept. */
  readonly folder: string;
  /** How their names begin. */
  readonly prefix: string;
  /** How long they count; 0 for ever. */
  readonly seconds: number;
}

/** What slow sources gave, kept between runs in a file each. Others may not read them: sources tell secrets. */
export class SourceCache {
  private readonly options: CacheOptions;

  constructor(options: CacheOptions) {
    this.options = options;
  }

  /** What was kept for the source; undefined where nothing was, or too long ago. */
  get(source: string): string | undefined {
    const file = this.fileOf(source);
    const age = Date.now() - (statPath(file)?.mtimeMs ?? Number.NEGATIVE_INFINITY);
    if (this.options.seconds > 0 && age > this.options.seconds * 1000) return undefined;
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return undefined; // Without the file the source is asked.
    }
  }

  set(source: string, text: string): void {
    mkdirSync(this.options.folder, { recursive: true, mode: 0o700 });
    replaceFile(this.fileOf(source), text, { durable: false });
  }

  /** Forgets all that was kept. */
  clear(): void {
    const { folder, prefix } = this.options;
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) if (name.startsWith(prefix)) rmSync(join(folder, name), { force: true });
  }

  private fileOf(source: string): string {
    const digest = createHash('sha256').update(source).digest('hex').slice(0, 16);
    return join(this.options.folder, `${this.options.prefix}${digest}`);
  }
}
