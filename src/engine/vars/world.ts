import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
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
    compile: (text: string, position?: Position): Raw => compileText(text, position),
    readFile: readBytes,
  };
}

/** A file of the controller. A vaulted one is refused here, since a template of ciphertext helps nobody. */
export function readBytes(path: string): Buffer {
  try {
    return notVaulted(readFileSync(path), path);
  } catch (cause) {
    if (cause instanceof TsplayError) throw cause;
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'it does not exist' : (cause as Error).message;
    throw new TsplayError('template', `cannot read ${path}: ${why}`, { cause });
  }
}

/** Content as it is, unless it is encrypted: its ciphertext would be taken for the content. */
export function notVaulted(content: Buffer, path: string): Buffer {
  if (content.subarray(0, VAULT.length).toString() !== VAULT) return content;
  throw new TsplayError('vault', `Attempting to decrypt but no vault secrets found: ${path} is encrypted`, {
    hint: 'vaulted content cannot be read yet; decrypt it with: ansible-vault decrypt',
  });
}

const VAULT = '$ANSIBLE_VAULT;';

/** Folders to search for files of a task: its role and the roles around it, its own folder, then the playbook's. */
export function searchPath(item: Item | undefined, playbookDir: string): string[] {
  const folders = roleChain(item?.role).map((role) => role.path);
  if (item) folders.push(dirname(resolve(item.position.file)));
  folders.push(playbookDir);
  return [...new Set(folders)];
}
