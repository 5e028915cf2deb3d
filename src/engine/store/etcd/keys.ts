import type { EntryName } from '../../model/shared.ts';
import type { Within } from '../types.ts';

/** Keys of entries: `/tsplay/prod/k3s_server/s1`. */
export class Keys {
  private readonly prefix: string;

  /** `prefix` has no slashes around it. */
  constructor(prefix: string) {
    this.prefix = prefix;
  }

  of({ cluster, kind, owner }: EntryName): string {
    return `${this.below({ cluster, kind })}${encodeURIComponent(owner)}`;
  }

  /** What all keys within begin with. */
  below({ cluster, kind }: Within): string {
    const parts = [this.prefix, cluster, kind].filter((part) => part !== undefined);
    return `/${parts.join('/')}/`;
  }

  /** Undefined for a key that no entry can have. */
  nameOf(key: string): EntryName | undefined {
    const below = this.below({});
    const [cluster, kind, owner, ...more] = key.startsWith(below) ? key.slice(below.length).split('/') : [];
    if (!cluster || !kind || !owner || more.length > 0) return undefined;
    try {
      return { cluster, kind, owner: decodeURIComponent(owner) };
    } catch {
      return undefined;
    }
  }
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** All keys that begin with a text, as etcd takes a range: from it to what follows the last of them. */
export function rangeOf(beginning: string): { readonly key: string; readonly range_end: string } {
  const end = Buffer.from(beginning);
  // The beginning ends with a slash, so that there is a byte to count up.
  end[end.length - 1]! += 1;
  return { key: base64(beginning), range_end: end.toString('base64') };
}
