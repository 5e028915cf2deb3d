import { readFileSync } from 'node:fs';
import { TsplayError } from '../../engine/model/errors.ts';
import type { StoreAddress } from '../../engine/store/address.ts';
import type { EtcdOptions, TlsFiles } from '../../engine/store/etcd/options.ts';
import type { Env } from '../run/config.ts';
import { readSecretFile } from './key.ts';

/** What the settings say of an etcd beside its address. Throws TsplayError. */
export function etcdOptions(address: Extract<StoreAddress, { kind: 'etcd' }>, env: Env): EtcdOptions {
  const { endpoints, prefix } = address;
  return { endpoints, prefix, tls: address.tls ? tlsFiles(env) : undefined, login: loginOf(env) };
}

function tlsFiles(env: Env): TlsFiles {
  const read = (name: string) => (env[name] ? readFile(env[name], name) : undefined);
  const [cert, key] = [read('TSPLAY_STORE_CERT'), read('TSPLAY_STORE_CERT_KEY')];
  if ((cert === undefined) !== (key === undefined)) {
    throw new TsplayError('usage', 'TSPLAY_STORE_CERT and TSPLAY_STORE_CERT_KEY belong together');
  }
  return { ca: read('TSPLAY_STORE_CA'), cert, key };
}

function readFile(path: string, name: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new TsplayError('usage', `${name}: ${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function loginOf(env: Env): EtcdOptions['login'] {
  const name = env['TSPLAY_STORE_USER'];
  if (!name) return undefined;
  const file = env['TSPLAY_STORE_PASSWORD_FILE'];
  const password = file ? readSecretFile(file, 'the password of the store').toString() : env['TSPLAY_STORE_PASSWORD'];
  if (password) return { name, password };
  throw new TsplayError('usage', `the user of the store, ${name}, needs a password`, {
    hint: 'give it by TSPLAY_STORE_PASSWORD_FILE or TSPLAY_STORE_PASSWORD',
  });
}
