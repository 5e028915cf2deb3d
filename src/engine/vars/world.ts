import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Decryption } from '../model/decryption.ts';
import { TsplayError } from '../model/errors.ts';
import type { Item } from '../model/playbook.ts';
import type { Position } from '../model/source.ts';
import type { Raw, World } from '../model/value.ts';
import { compileText } from '../template/compile.ts';
import { roleChain } from './inherit.ts';

export interface WorldOptions {
  readonly playbookDir: string;
  readonly secret: (value: string) => void;
  readonly warn: (message: string) => void;
  readonly setting?: World['setting'];
  readonly plugins?: World['plugins'];
  readonly decryption: Decryption;
}

/** The controller as templates see it; `searchPath` is that of one task. */
export function makeWorld(options: WorldOptions, searchPath: readonly string[]): World {
  return {
    searchPath,
    playbookDir: options.playbookDir,
    env: process.env,
    secret: options.secret,
    warn: options.warn,
    ...(options.setting ? { setting: options.setting } : {}),
    plugins: options.plugins,
    compile: (text: string, position?: Position): Raw => compileText(text, position),
    wasEncrypted: (text) => options.decryption.gave(text),
    readFile: (path) => options.decryption.file(readBytes(path), path),
  };
}

/** A file of the controller as it stands there. Throws TsplayError. */
export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'it does not exist' : (cause as Error).message;
    throw new TsplayError('template', `cannot read ${path}: ${why}`, { cause });
  }
}

/** Folders to search for files of a task: its role and the roles around it, its own folder, then the playbook's. */
export function searchPath(item: Item | undefined, playbookDir: string): string[] {
  const folders = roleChain(item?.role).map((role) => role.path);
  if (item) folders.push(dirname(resolve(item.position.file)));
  folders.push(playbookDir);
  return [...new Set(folders)];
}
