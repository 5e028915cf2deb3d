import type { Exchange } from '../../engine/store/exchange.ts';
import type { Vault } from '../../engine/vault/vault.ts';
import type { Env } from '../run/config.ts';
import { exchangeOver, openStore } from './open.ts';

/** What a run shares through; opened when a task first asks for it. */
export interface Sharing {
  open(): Promise<Exchange>;
  close(): void;
}

/** `run` is the id of the run, if it is kept. */
export function sharingOf(env: Env, vault: Vault, run: string | undefined): Sharing {
  let opened: Promise<Exchange> | undefined;
  return {
    open() {
      opened ??= openStore(env).then((store) => exchangeOver(store, env, vault, run));
      return opened;
    },
    close() {
      opened?.then(
        (exchange) => exchange.close(),
        () => {},
      );
    },
  };
}
