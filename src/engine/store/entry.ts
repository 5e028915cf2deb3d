import { type Coded, decode, encode } from '../model/codec.ts';
import { TsplayError } from '../model/errors.ts';
import type { EntryName, Shared } from '../model/shared.ts';
import type { Dict } from '../model/value.ts';
import type { StoreKey } from './key.ts';
import type { Stored } from './types.ts';

/** The form of entries that this program writes, and the only one it reads. */
const FORMAT = 1;

/** Who put an entry into a store. */
export interface Publisher {
  /** Name of the machine. */
  readonly controller: string;
  /** Id of the run, if it is kept. */
  readonly run?: string | undefined;
}

/** An entry that was opened. Times are milliseconds since the epoch. */
export interface Entry extends EntryName, Shared {
  readonly by: Publisher;
  readonly time: number;
  readonly expires: number | null;
  /** Of the facts; equal for equal ones under the same key, and tells nothing of them. */
  readonly digest: string;
}

/** What anybody may read of an entry. */
export interface Envelope {
  readonly key: string;
  readonly expires: number | null;
}

/** What only the key opens. */
interface Inside {
  readonly facts: Coded;
  readonly plain: readonly string[];
  readonly lifetime: number | null;
  readonly by: Publisher;
  readonly time: number;
}

/** The text of an entry for a store. */
export function sealEntry({ seal, id }: StoreKey, entry: Omit<Entry, 'digest'>): string {
  const { facts, plain, lifetime, by, time, expires } = entry;
  const inside: Inside = { facts: encode(facts), plain, lifetime, by, time };
  const envelope: Envelope = { key: id, expires };
  const sealed = seal.close(Buffer.from(JSON.stringify(inside)), boundTo(entry, envelope));
  return JSON.stringify({ format: FORMAT, ...envelope, sealed: sealed.toString('base64') });
}

/** Opens what stands in a store. Throws TsplayError if it is of another key, stood under another name, or was changed. */
export function openEntry(key: StoreKey, stored: Stored, place: string): Entry {
  const { name } = stored;
  const { sealed, ...envelope } = readEnvelope(stored, place);
  if (envelope.key !== key.id) {
    throw new TsplayError('module', `${nameText(name)} in ${place} was encrypted by another key`, {
      hint: `it has ${envelope.key}, this run has ${key.id}; controllers that share need the same key`,
    });
  }
  try {
    const inside = JSON.parse(
      key.seal.open(Buffer.from(sealed, 'base64'), boundTo(name, envelope)).toString(),
    ) as Inside;
    const facts = decode(inside.facts) as Dict;
    const { plain, lifetime, by, time } = inside;
    return { ...name, facts, plain, lifetime, by, time, expires: envelope.expires, digest: digestOf(key, facts) };
  } catch (cause) {
    throw damaged(name, place, cause);
  }
}

/** Throws TsplayError for a text that is no entry. */
export function readEnvelope({ name, text }: Stored, place: string): Envelope & { readonly sealed: string } {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (cause) {
    throw damaged(name, place, cause);
  }
  if (!isEnvelope(read)) throw damaged(name, place);
  if (read.format === FORMAT) return { key: read.key, expires: read.expires, sealed: read.sealed };
  throw new TsplayError(
    'module',
    `${nameText(name)} in ${place} has format ${read.format}; this tsplay reads ${FORMAT}`,
    {
      hint: 'use the same version of tsplay on all controllers',
    },
  );
}

export function isExpired({ expires }: Pick<Envelope, 'expires'>, now: number): boolean {
  return expires !== null && expires <= now;
}

/** Twelve hex digits. */
export function digestOf({ seal }: StoreKey, facts: Dict): string {
  return seal.digest(Buffer.from(JSON.stringify(sorted(encode(facts))))).slice(0, 12);
}

/** `k3s_server of s1 in cluster prod` */
export function nameText({ cluster, kind, owner }: EntryName): string {
  return `${kind} of ${owner} in cluster ${cluster}`;
}

function isEnvelope(read: unknown): read is Envelope & { readonly format: number; readonly sealed: string } {
  if (typeof read !== 'object' || read === null) return false;
  const { format, key, expires, sealed } = read as Record<string, unknown>;
  const isTime = expires === null || typeof expires === 'number';
  return typeof format === 'number' && typeof key === 'string' && isTime && typeof sealed === 'string';
}

/** An entry cannot be moved to another name, nor made to last longer. */
function boundTo({ cluster, kind, owner }: EntryName, { expires }: Envelope): string {
  return JSON.stringify([FORMAT, cluster, kind, owner, expires]);
}

function damaged(name: EntryName, place: string, cause?: unknown): TsplayError {
  return new TsplayError('module', `${nameText(name)} in ${place} is damaged, or was not made by tsplay`, {
    hint: `it is not used; remove it: tsplay store remove ${name.cluster} ${name.kind} ${name.owner}`,
    cause,
  });
}

/** Dicts by their keys, so that facts in another order are the same. */
function sorted(coded: Coded): Coded {
  if (coded === null || typeof coded !== 'object') return coded;
  if (Array.isArray(coded)) return coded.map(sorted);
  const { dict } = coded;
  if (!Array.isArray(dict)) return coded;
  const pairs = dict.map(sorted).map((pair) => [JSON.stringify(pair), pair] as const);
  return { dict: pairs.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair) };
}
