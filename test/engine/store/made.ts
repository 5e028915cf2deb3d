import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import type { EntryName, Shared } from '../../../src/engine/model/shared.ts';
import { dict, type Value } from '../../../src/engine/model/value.ts';
import { sealEntry } from '../../../src/engine/store/entry.ts';
import { Exchange } from '../../../src/engine/store/exchange.ts';
import { FileStore } from '../../../src/engine/store/file/file-store.ts';
import { keyOfBytes } from '../../../src/engine/store/key.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the test. */
export function madeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-store-'));
  folders.push(folder);
  return folder;
}

/** An exchange over a folder, under the key of 32 bytes `key`. */
export function madeExchange(folder: string, key = 1): Exchange {
  return new Exchange(new FileStore(folder), keyOfBytes(Buffer.alloc(32, key)), { controller: 'c1', run: 'r1' });
}

/** Puts an entry that no longer counts. */
export async function putOver(folder: string, name: EntryName): Promise<void> {
  const entry = { ...name, ...madeShared({}), by: { controller: 'c1' }, time: 0, expires: 1 };
  await new FileStore(folder).put(name, sealEntry(keyOfBytes(Buffer.alloc(32, 1)), entry));
}

export function madeShared(facts: Record<string, Value>, more: Partial<Shared> = {}): Shared {
  return { facts: dict(facts), plain: [], lifetime: 3600, ...more };
}

export const SERVER = { cluster: 'prod', kind: 'server', owner: 's1' };
