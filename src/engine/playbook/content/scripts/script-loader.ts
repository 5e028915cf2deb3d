import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { types } from 'node:util';
import { compileFunction, constants } from 'node:vm';
import { TsplayError } from '../../../model/errors.ts';
import { shownPath } from '../../loader.ts';
import { transpile } from './transpile.ts';
import { requireTrusted } from './trust.ts';

export type Exports = Readonly<Record<string, unknown>>;

/** Runs a script of the content, once, and gives what it exports. */
export type LoadScript = (path: string) => Promise<Exports>;

/** What `import ... from 'tsplay'` gives. */
const OWN_NAMES: ReadonlySet<string> = new Set(['tsplay', 'tsplay/module']);
const ENDINGS = ['', '.ts', '.mts', '.mjs', '.js', '/index.ts', '/index.js'];

/**
 * Runs files of TypeScript and JavaScript that come with the content, as trusted as the playbook itself. They need
 * neither a build nor packages: `tsplay` is this program, other files are named by their path, and Node's own modules
 * and installed packages are there too. Each file is run once.
 */
export class ScriptLoader {
  private readonly own: Exports;
  private readonly loaded = new Map<string, { exports: Exports }>();

  constructor(own: Exports) {
    this.own = own;
  }

  /** What a file exports. Throws TsplayError with its place for one that cannot be run. */
  load(path: string): Exports {
    const known = this.loaded.get(path);
    if (known) return known.exports;
    requireTrusted(path);
    const code = transpile(readFileSync(path, 'utf8'), path);
    const module = { exports: {} };
    this.loaded.set(path, module);
    try {
      const run = compileFunction(`'use strict';${code}`, ['exports', 'require', 'module', '__filename', '__dirname'], {
        filename: path,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
      run(module.exports, (name: string) => this.require(name, path), module, path, dirname(path));
    } catch (error) {
      this.loaded.delete(path);
      throw located(error, path);
    }
    return module.exports;
  }

  private require(name: string, from: string): unknown {
    if (OWN_NAMES.has(name)) return this.own;
    if (/^\.{0,2}\//.test(name)) {
      const base = resolve(dirname(from), name);
      const path = ENDINGS.map((ending) => `${base}${ending}`).find((each) => existsSync(each));
      if (path !== undefined && /\.(?:ts|mts|mjs|js)$/.test(path)) return this.load(path);
    }
    return createRequire(from)(name);
  }
}

/** What went wrong in a script of the user, with the line of it where that is known. */
export function located(error: unknown, path: string): TsplayError {
  if (error instanceof TsplayError) return error;
  const { message, stack } = types.isNativeError(error) ? error : { message: String(error), stack: undefined };
  const place = stack?.split('\n').find((line) => line.includes(`${path}:`));
  const [, line, column] = /:(\d+)(?::(\d+))?\)?$/.exec(place ?? '') ?? [];
  return new TsplayError('parse', message, {
    position: { file: shownPath(path), line: Number(line ?? 1), column: Number(column ?? 1) },
    cause: error,
  });
}
