import type { PlanDocument, PlannedChange, Step, Turn } from './document.ts';

/** What hosts have in common at one task: the same things would be done to all of them. */
export interface Row {
  readonly hosts: readonly string[];
  readonly turn: Turn;
  readonly label?: string | undefined;
}

/** A task of which something is to be told. */
export interface TaskRows {
  readonly play: number;
  readonly step: Step;
  readonly rows: readonly Row[];
}

/** The tasks at which anything would be done, or cannot be told, in the order in which hosts come to them. */
export function taskRows({ hosts }: Pick<PlanDocument, 'hosts'>): TaskRows[] {
  const order: string[] = [];
  const visits = new Map<string, { readonly host: string; readonly step: Step }[]>();
  for (const [host, { steps }] of Object.entries(hosts)) {
    let at = 0;
    const turns = new Map<string, number>();
    for (const step of steps) {
      const name = `${step.play} ${step.at} ${step.name}`;
      const turn = turns.get(name) ?? 0;
      turns.set(name, turn + 1);
      const key = `${name} ${turn}`;
      const known = visits.get(key);
      if (known) {
        known.push({ host, step });
        at = order.indexOf(key) + 1;
      } else {
        visits.set(key, [{ host, step }]);
        order.splice(at++, 0, key);
      }
    }
  }
  const tasks = order.flatMap((key) => {
    const all = visits.get(key) ?? [];
    const [first] = all;
    const rows = together(all);
    return first && rows.length > 0 ? [{ play: first.step.play, step: first.step, rows }] : [];
  });
  // Hosts of one play may know nothing of each other's tasks in another.
  return tasks.sort((a, b) => a.play - b.play);
}

function together(visits: readonly { readonly host: string; readonly step: Step }[]): Row[] {
  const rows = new Map<string, { hosts: string[]; turn: Turn; label: string | undefined }>();
  for (const { host, step } of visits) {
    for (const { turn, label } of turnsOf(step)) {
      const key = JSON.stringify([label, step.target, sayings(turn)]);
      const known = rows.get(key);
      if (known) known.hosts.push(host);
      else rows.set(key, { hosts: [host], turn, label });
    }
  }
  return [...rows.values()];
}

/** The task itself, or those turns of its loop of which there is something to tell. */
function turnsOf(step: Step): { readonly turn: Turn; readonly label?: string }[] {
  const items = step.items?.filter(tells) ?? [];
  const [first] = items;
  if (!first) return tells(step) ? [{ turn: step }] : [];
  if (items.length > 1 && items.every((turn) => saysLike(turn, first))) {
    return [{ turn: first, label: `${items.length} turns of the loop` }];
  }
  return items.map((turn) => ({ turn, label: turn.label }));
}

/** Turns of which nothing is known for the same reason are told as one. */
function saysLike(turn: Turn, first: Turn): boolean {
  return countedChanges(turn).length === 0 && turn.status === first.status && turn.because === first.because;
}

/** What runs each time and changes nothing that counts (a look, a reload of units) is not told. */
function tells(turn: Turn): boolean {
  return countedChanges(turn).length > 0 || !['ok', 'skipped', 'changed'].includes(turn.status);
}

/** The changes of a turn, unless its task says that it changes nothing. */
export function countedChanges({ status, changes }: Turn): readonly PlannedChange[] {
  return status === 'ok' ? [] : (changes ?? []);
}

/** All that is told of a turn; contents that differ are told apart. */
function sayings({ status, because, done, changes, diffs }: Turn): unknown {
  return [status, because, done, changes?.map(({ summary, content, final }) => [summary, content, final]), diffs];
}
