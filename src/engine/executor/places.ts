import { createHash } from 'node:crypto';
import type { Place } from '../journal/types.ts';
import { encode } from '../model/codec.ts';
import type { Keywords, Task } from '../model/playbook.ts';
import { Deferred, type Raw, type Value } from '../model/value.ts';
import type { RunContext } from './context.ts';
import type { PlayState } from './play-state.ts';

/** Where the host is now that it has come to this task, and how often it was there before; to be asked once each time. */
export function arriveAt({ index, hosts }: PlayState, task: Task, host: string): Place {
  const digest = taskDigest(task);
  const turns = hosts.get(host)?.turns;
  const turn = turns?.get(digest) ?? 0;
  turns?.set(digest, turn + 1);
  return { play: index, host, task: digest, turn };
}

/** The place of one turn of the task's loop. */
export function atItem(place: Place, index: number, item: Value): Place {
  return { ...place, item: { index, digest: hash(JSON.stringify(encode(item))) } };
}

/**
 * A name for what sees the same of what check mode foretells: the turns of a loop do not see each other's, as in
 * Ansible; but where a plan is made, which must be what comes, they do.
 */
export function lookOf({ overseer }: Pick<RunContext, 'overseer'>, { play, task, turn, item }: Place): string {
  const name = `${play} ${task} ${turn}`;
  return overseer && item ? `${name} ${item.index}` : name;
}

const digests = new WeakMap<Task, string>();

/** Of what the task says and the file it stands in: the same after lines around it moved. */
export function taskDigest(task: Task): string {
  const known = digests.get(task);
  if (known !== undefined) return known;
  const said = [
    task.position.file,
    task.written,
    [...task.args].map(([name, raw]) => [name, textual(raw)]),
    task.with && [task.with.lookup, textual(task.with.terms)],
    keywordsText(task.keywords),
  ];
  const digest = hash(JSON.stringify(said));
  digests.set(task, digest);
  return digest;
}

function keywordsText(keywords: Keywords): unknown {
  return Object.entries(keywords).map(([name, value]) => [name, textual(value)]);
}

function textual(raw: unknown): unknown {
  if (raw instanceof Deferred) return { text: raw.text };
  if (Array.isArray(raw)) return raw.map(textual);
  if (raw instanceof Map) return [...raw].map(([key, value]) => [textual(key), textual(value)]);
  if (isPlain(raw)) return Object.entries(raw).map(([key, value]) => [key, textual(value)]);
  return raw === undefined ? null : encode(raw as Value & Raw);
}

/** `loop_control`, `retry`. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
