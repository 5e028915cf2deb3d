import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../files/replace-file.ts';
import { TsplayError } from '../model/errors.ts';
import type { Dict, Value } from '../model/value.ts';
import { dumpJson } from '../template/filters/json/dump.ts';
import { parseJson } from '../template/filters/json/parse.ts';
import { statPath } from '../yaml/stat-path.ts';

/** Facts that outlive a run, by host, under the names they came with. */
export interface FactCache {
  read(host: string): ReadonlyMap<Value, Value> | undefined;
  write(host: string, facts: Dict): void;
  forget(host: string): void;
}

export interface JsonCacheOptions {
  readonly folder: string;
  /** Before the host's name in the file's. */
  readonly prefix: string;
  /** How old facts may be; 0 for any age. */
  readonly seconds: number;
}

/** Ansible's `jsonfile` cache: a file for each host. */
export class JsonFactCache implements FactCache {
  private readonly options: JsonCacheOptions;

  constructor(options: JsonCacheOptions) {
    this.options = options;
  }

  read(host: string): ReadonlyMap<Value, Value> | undefined {
    const path = this.pathOf(host);
    const { seconds } = this.options;
    const age = statPath(path);
    if (!age || (seconds > 0 && Date.now() - age.mtimeMs > seconds * 1000)) return undefined;
    try {
      const facts = parseJson(readFileSync(path, 'utf8'));
      return facts instanceof Map ? facts : undefined;
    } catch {
      return undefined; // A file that was cut off counts as none.
    }
  }

  write(host: string, facts: Dict): void {
    const path = this.pathOf(host);
    try {
      mkdirSync(this.options.folder, { recursive: true, mode: 0o700 });
      replaceFile(path, dumpJson(facts, { indent: 4, sortKeys: true }), { durable: false });
    } catch (cause) {
      throw new TsplayError('usage', `facts cannot be kept in ${path}: ${(cause as Error).message}`, { cause });
    }
  }

  forget(host: string): void {
    rmSync(this.pathOf(host), { force: true });
  }

  /** A host's name is no way out of the folder. */
  private pathOf(host: string): string {
    const name = `${this.options.prefix}${host}`.replaceAll('/', '_');
    return join(this.options.folder, name.replace(/^\.+$/, '_'));
  }
}
