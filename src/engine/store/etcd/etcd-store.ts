import type { EntryName } from '../../model/shared.ts';
import type { Store, Stored, Watch, Within } from '../types.ts';
import { EtcdClient } from './client.ts';
import { base64, Keys, rangeOf } from './keys.ts';
import type { EtcdOptions } from './options.ts';
import { openWatch } from './watch.ts';

/** A pair as etcd gives it: base64, and numbers as texts. */
interface Pair {
  readonly key: string;
  readonly value: string;
  readonly mod_revision: string;
  /** Absent for a pair that stays. */
  readonly lease?: string;
}

/** Entries in an etcd; those with a time to live are removed by it. */
export class EtcdStore implements Store {
  readonly place: string;
  private readonly client: EtcdClient;
  private readonly keys: Keys;

  /** Nothing is connected yet. Throws TsplayError for certificates that cannot be used. */
  constructor(options: EtcdOptions) {
    this.client = new EtcdClient(options);
    this.place = this.client.place;
    this.keys = new Keys(options.prefix);
  }

  async list(within: Within): Promise<Stored[]> {
    const pairs = await this.range(rangeOf(this.keys.below(within)));
    return pairs.flatMap(({ key, value }) => {
      const name = this.keys.nameOf(plain(key));
      return name ? [{ name, text: plain(value) }] : [];
    });
  }

  async get(name: EntryName): Promise<string | undefined> {
    const [pair] = await this.range({ key: base64(this.keys.of(name)) });
    return pair && plain(pair.value);
  }

  async put(name: EntryName, text: string, lifetime: number | null): Promise<void> {
    const lease = lifetime === null ? undefined : await this.grant(lifetime);
    const put = { key: base64(this.keys.of(name)), value: base64(text), prev_kv: true };
    const { prev_kv } = (await this.client.call('kv/put', lease === undefined ? put : { ...put, lease })) as {
      prev_kv?: Pair;
    };
    // It holds nothing any more, and would stay until its time is over.
    if (prev_kv?.lease !== undefined) await this.client.call('lease/revoke', { ID: prev_kv.lease }).catch(() => {});
  }

  async remove(name: EntryName): Promise<boolean> {
    const { deleted } = (await this.client.call('kv/deleterange', { key: base64(this.keys.of(name)) })) as {
      deleted?: string;
    };
    return Number(deleted ?? 0) > 0;
  }

  async drop({ name, text }: Stored): Promise<boolean> {
    const key = base64(this.keys.of(name));
    const { succeeded } = (await this.client.call('kv/txn', {
      compare: [{ key, target: 'VALUE', result: 'EQUAL', value: base64(text) }],
      success: [{ requestDeleteRange: { key } }],
    })) as { succeeded?: boolean };
    return succeeded === true;
  }

  watch(within: Within): Promise<Watch> {
    return openWatch(this.client, rangeOf(this.keys.below(within)));
  }

  close(): void {
    this.client.close();
  }

  private async range(range: object): Promise<readonly Pair[]> {
    const { kvs = [] } = (await this.client.call('kv/range', {
      ...range,
      sort_target: 'KEY',
      sort_order: 'ASCEND',
    })) as {
      kvs?: readonly Pair[];
    };
    return kvs;
  }

  private async grant(seconds: number): Promise<string> {
    const { ID } = (await this.client.call('lease/grant', { TTL: seconds })) as { ID: string };
    return ID;
  }
}

function plain(text: string): string {
  return Buffer.from(text, 'base64').toString();
}
