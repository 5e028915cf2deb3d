import { type Details, readDetails } from '../../journal/story/details.ts';
import type { Unseal } from '../../journal/story/phases.ts';
import type { ResultStory } from '../../journal/story/types.ts';
import type { Status } from '../../model/event.ts';
import { type DiffLine, diffLines } from '../../output/diff.ts';
import { messageOf } from './messages.ts';

export type Line = { readonly kind: DiffLine; readonly text: string };

/** Hosts on which a task did the same. */
export interface Group {
  readonly hosts: readonly string[];
  readonly status: Status;
  readonly note?: 'ignored' | 'rescued' | undefined;
  /** What was changed: verb phrases. */
  readonly changes: readonly string[];
  readonly diffs: readonly (readonly Line[])[];
  /** Of a failure. */
  readonly message?: string | undefined;
  /** Turns of a loop that have something to tell. */
  readonly items: readonly { readonly label: string; readonly status: Status; readonly message?: string | undefined }[];
}

/** Hosts with the same outcome together; those of which most is to be told first. */
export function groupsOf(results: readonly ResultStory[], unseal: Unseal): Group[] {
  const groups = new Map<string, Group & { hosts: string[] }>();
  for (const result of results) {
    const told = outcomeOf(result, unseal);
    const key = JSON.stringify(told);
    const known = groups.get(key);
    if (known) known.hosts.push(result.host);
    else groups.set(key, { ...told, hosts: [result.host] });
  }
  return [...groups.values()].sort((a, b) => ORDER[a.status] - ORDER[b.status]);
}

const ORDER: Readonly<Record<Status, number>> = {
  failed: 0,
  unreachable: 1,
  changed: 2,
  unknown: 3,
  ok: 4,
  skipped: 5,
};

function outcomeOf(result: ResultStory, unseal: Unseal): Omit<Group, 'hosts'> {
  const { status, ignored, rescued, sealed } = result;
  const own = sealed === undefined ? undefined : readDetails(sealed, unseal);
  const items = result.items.flatMap((item) =>
    item.sealed === undefined ? [] : [{ status: item.status, details: readDetails(item.sealed, unseal) }],
  );
  const all: Details[] = [...(own ? [own] : []), ...items.map(({ details }) => details)];
  return {
    status,
    ...(ignored && { note: 'ignored' as const }),
    ...(rescued && { note: 'rescued' as const }),
    changes: [...new Set(all.flatMap(({ changes }) => changes))],
    diffs: all.flatMap(({ diffs }) => diffs.map(diffLines)).filter((lines) => lines.length > 0),
    ...(own?.result && { message: messageOf(own.result) }),
    items: items.map(({ status, details: { label = '', result } }) => ({
      label,
      status,
      ...(result && { message: messageOf(result) }),
    })),
  };
}
