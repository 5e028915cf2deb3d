import { type Coded, decode, encode } from '../model/codec.ts';
import type { Effect } from '../model/effect.ts';
import type { Dict, Value } from '../model/value.ts';
import type { DoneEntry } from './records.ts';
import type { Finished, FinishedRun } from './types.ts';

/** What of a finished task is sealed, as JSON; undefined where later tasks can see nothing of it. */
export function finishedText({ result, notify, ran }: Finished): string | undefined {
  const seen = result.size > 0 || notify.length > 0;
  if (!seen && ran.every((one) => !one.facts && one.effects.length === 0)) return undefined;
  return JSON.stringify({ result: encode(result), notify, ran: ran.map(encodeRun) });
}

export function readFinished(entry: DoneEntry, text: string | undefined): Finished {
  const base = { status: entry.status, ignored: entry.ignored ?? false };
  if (text === undefined) return { ...base, result: new Map(), notify: [], ran: [] };
  const kept = JSON.parse(text) as { result: Coded; notify: string[]; ran: CodedRun[] };
  return { ...base, result: decode(kept.result) as Dict, notify: kept.notify, ran: kept.ran.map(decodeRun) };
}

interface CodedRun {
  readonly facts?: Coded;
  readonly effects: CodedEffect[];
  readonly delegatedTo?: string;
}

type CodedEffect =
  | { readonly kind: 'facts'; readonly facts: Coded; readonly cacheable: boolean }
  | { readonly kind: 'host-facts' }
  | { readonly kind: 'add-host'; readonly name: string; readonly groups: string[]; readonly vars: Coded }
  | { readonly kind: 'group-by'; readonly group: string; readonly parents: string[] }
  | { readonly kind: 'forget-job'; readonly id: string }
  | { readonly kind: 'secrets'; readonly texts: string[] }
  | { readonly kind: 'stats'; readonly data: Coded; readonly perHost: boolean; readonly aggregate: boolean };

function encodeRun({ facts, effects, delegatedTo }: FinishedRun): CodedRun {
  return {
    ...(facts && { facts: encode(facts) }),
    effects: effects.map(encodeEffect),
    ...(delegatedTo !== undefined && { delegatedTo }),
  };
}

function decodeRun({ facts, effects, delegatedTo }: CodedRun): FinishedRun {
  return {
    facts: facts === undefined ? undefined : (decode(facts) as Dict),
    effects: effects.map(decodeEffect),
    delegatedTo,
  };
}

function encodeEffect(effect: Effect): CodedEffect {
  switch (effect.kind) {
    case 'facts':
      return { kind: 'facts', facts: encodeMap(effect.facts), cacheable: effect.cacheable };
    case 'host-facts':
      return { kind: 'host-facts' }; // They stand in the result too.
    case 'add-host':
      return { kind: 'add-host', name: effect.name, groups: [...effect.groups], vars: encodeMap(effect.vars) };
    case 'group-by':
      return { kind: 'group-by', group: effect.group, parents: [...effect.parents] };
    case 'stats':
      return { kind: 'stats', data: encodeMap(effect.data), perHost: effect.perHost, aggregate: effect.aggregate };
    case 'forget-job':
      return effect;
    case 'secrets':
      return { kind: 'secrets', texts: [...effect.texts] };
    case 'vars':
      throw new Error('templates of include_vars are read again, not kept');
  }
}

function decodeEffect(coded: CodedEffect): Effect {
  switch (coded.kind) {
    case 'facts':
      return { ...coded, facts: decodeMap(coded.facts) };
    case 'host-facts':
      return { kind: 'host-facts', facts: new Map() };
    case 'forget-job':
    case 'secrets':
      return coded;
    case 'add-host':
      return { ...coded, vars: decodeMap(coded.vars) };
    case 'group-by':
      return coded;
    case 'stats':
      return { ...coded, data: decodeMap(coded.data) };
  }
}

function encodeMap(map: ReadonlyMap<string, Value>): Coded {
  return encode(new Map<Value, Value>(map));
}

function decodeMap(coded: Coded): Map<string, Value> {
  return decode(coded) as Map<string, Value>;
}
