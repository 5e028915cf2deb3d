import { hostname } from 'node:os';
import { join } from 'node:path';
import { stateDirOf } from '../../engine/journal/state-dir.ts';
import { readAddress, type StoreAddress } from '../../engine/store/address.ts';
import { Exchange } from '../../engine/store/exchange.ts';
import { FileStore } from '../../engine/store/file/file-store.ts';
import type { Store } from '../../engine/store/types.ts';
import type { Vault } from '../../engine/vault/vault.ts';
import type { Env } from '../run/config.ts';
import { etcdOptions } from './etcd-options.ts';
import { storeKey } from './key.ts';

/** The store that the settings name. Nothing is connected yet. Throws TsplayError. */
export async function openStore(env: Env): Promise<Store> {
  const address = addressOf(env);
  if (address.kind === 'file') return new FileStore(address.folder);
  const { EtcdStore } = await import('../../engine/store/etcd/etcd-store.ts');
  return new EtcdStore(etcdOptions(address, env));
}

/** What a run, or somebody who looks, shares through. Throws TsplayError. */
export function exchangeOver(store: Store, env: Env, vault: Vault, run?: string): Exchange {
  const key = storeKey({ env, vault, own: !env['TSPLAY_STORE'] });
  return new Exchange(store, key, { controller: hostname(), ...(run !== undefined && { run }) });
}

/** A folder in the state folder, where nothing is said. */
function addressOf(env: Env): StoreAddress {
  const said = env['TSPLAY_STORE'];
  return said ? readAddress(said) : { kind: 'file', folder: join(stateDirOf(env), 'store') };
}
