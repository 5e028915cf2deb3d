import { resolve } from 'node:path';
import { TsplayError } from '../model/errors.ts';
import type { Block, Role, Task } from '../model/playbook.ts';
import { placeText } from '../playbook/place-text.ts';
import { ancestors } from '../vars/inherit.ts';
import { includeParent, type Wanted, type Wants, wantedBy } from './include.ts';
import { flag } from './keywords.ts';
import type { Path } from './path.ts';
import type { PlayState } from './play-state.ts';
import { type Answer, failure, statusOf } from './result.ts';
import { rolesIn } from './roles-in.ts';
import { selectItems } from './select.ts';
import type { SiteOutcome } from './site-work.ts';
import type { TaskAt } from './task-at.ts';

interface Group {
  readonly wanted: Wanted;
  readonly hosts: string[];
}

/** Includes within includes; content that means it needs a few. */
const DEEPEST = 200;

type Brought = { readonly block: Block; readonly path: Path; readonly finished?: string | undefined };

/** include_tasks and include_role: hosts that want the same share it, and go through it together. */
export async function includeSites(
  state: PlayState,
  at: TaskAt,
  path: Path,
  hosts: readonly string[],
): Promise<Map<string, SiteOutcome>> {
  const groups = new Map<string, Group>();
  const answers = new Map<string, Answer>();
  const order = new Map<string, string[]>();
  for (const host of hosts) {
    const scope = state.run.variables.scope(state.frame, host, { item: at.task });
    const { answer, wanted, left } = wantedBy(at, scope);
    for (const turn of left ?? []) leftOut(state, at, host, turn);
    answers.set(host, answer);
    order.set(
      host,
      wanted.map(({ key }) => key),
    );
    for (const one of wanted) {
      const group = groups.get(one.key);
      if (group) group.hosts.push(host);
      else groups.set(one.key, { wanted: one, hosts: [host] });
    }
  }
  const brought = await bringAll(state, at, path, groups, answers);
  return new Map(
    hosts.map((host) => [host, outcomeFor(state, at, host, answers.get(host)!, order.get(host)!, brought)]),
  );
}

async function bringAll(
  state: PlayState,
  at: TaskAt,
  path: Path,
  groups: ReadonlyMap<string, Group>,
  answers: Map<string, Answer>,
): Promise<Map<string, Brought>> {
  const brought = new Map<string, Brought>();
  let index = 0;
  for (const [key, { wanted, hosts }] of groups) {
    try {
      const { block, finished, file } = await bring(state, at, wanted);
      brought.set(key, { block, path: [...path, index++], finished });
      announce(state, at, file, wanted.label, hosts);
    } catch (error) {
      // A file that cannot be read is a mistake of the content and not a host's; one that is not there fails its hosts.
      if (!(error instanceof TsplayError) || error.kind === 'parse') throw error;
      const reason = reasonOf(error, 'role' in wanted.source);
      if ('role' in wanted.source) state.run.emit({ type: 'warning', message: reason, isError: true });
      for (const host of hosts) answers.set(host, notIncluded(error, reason));
    }
  }
  return brought;
}

/** Of a role it is said where it is named; a file's name says it all. */
function reasonOf({ message, position }: TsplayError, isRole: boolean): string {
  return isRole && position ? `${message}\n\n${placeText({ ...position, file: resolve(position.file) })}` : message;
}

/** The answer for hosts whose include cannot be had. */
function notIncluded(error: TsplayError, reason: string): Answer {
  const failed = failure(error);
  const result = new Map([...failed.result].filter(([name]) => name !== 'msg'));
  return { ...failed, result: result.set('reason', reason) };
}

async function bring(
  state: PlayState,
  at: TaskAt,
  { source, vars }: Wanted,
): Promise<{ block: Block; finished?: string | undefined; file: string }> {
  const { run, frame } = state;
  checkDepth(at.task, source);
  const parent = includeParent(at.task, vars);
  if ('file' in source) {
    const { block, path } = await run.loader.tasksFile(source.file, frame.play, parent);
    addHandlers(state, block);
    return { block: selectItems(state, block), file: path };
  }
  const { role, block } = await run.loader.role(source.role, frame.play, parent, source.options);
  addHandlers(state, block);
  state.handlers.add(role.handlers);
  (state.frame.namedRoles as Role[]).push(role);
  if (role.public) publish(state, role);
  return {
    block: selectItems(state, block),
    file: source.role,
    finished: source.options.allowDuplicates ? undefined : role.identity,
  };
}

/** An include that includes itself ends here and not where the memory does. */
function checkDepth(task: Task, source: Wanted['source']): void {
  let depth = 0;
  for (const at of ancestors(task)) if (at.kind === 'task') depth++;
  if (depth <= DEEPEST) return;
  const name = 'file' in source ? source.file : `role ${source.role}`;
  throw new TsplayError('parse', `includes are nested more than ${DEEPEST} deep, the last is ${name}`, {
    position: task.position,
    hint: 'an include that includes itself needs a condition that ends it',
  });
}

/** Those of the roles that the block depends on or imports. */
function addHandlers(state: PlayState, block: Block): void {
  for (const role of rolesIn([block])) state.handlers.add(role.handlers);
}

/** `public: true`: the rest of the play sees the role's defaults and vars. */
function publish(state: PlayState, role: Role): void {
  const roles = state.frame.roles as Role[];
  if (!roles.includes(role)) roles.push(role);
}

function announce(
  { run }: PlayState,
  { info }: TaskAt,
  file: string,
  item: string | undefined,
  hosts: readonly string[],
): void {
  run.emit({ type: 'included', taskId: info.id, file, hosts, ...(item === undefined ? {} : { item }) });
}

/** A turn of the loop that includes nothing. */
function leftOut({ run }: PlayState, at: TaskAt, host: string, turn: NonNullable<Wants['left']>[number]): void {
  run.emit({
    type: 'item-result',
    task: at.info,
    host,
    status: 'skipped',
    result: turn.answer.result,
    diffs: [],
    changes: [],
    time: Date.now(),
    duration: 0,
    item: turn.item,
    label: turn.label,
    ignored: false,
  });
}

function outcomeFor(
  state: PlayState,
  at: TaskAt,
  host: string,
  outcome: Answer,
  keys: readonly string[],
  brought: ReadonlyMap<string, Brought>,
): SiteOutcome {
  const status = statusOf(outcome);
  const scope = state.run.variables.scope(state.frame, host, { item: at.task });
  // What cannot be loaded is no failure of a task that could be ignored.
  const ignored =
    status === 'failed' &&
    !outcome.result.has('reason') &&
    (flag(at.task, state.frame.play, 'ignore_errors', scope) ?? false);
  if (status === 'failed' || status === 'skipped' || status === 'unknown') {
    state.run.emit({
      type: 'host-result',
      task: at.info,
      host,
      status,
      result: outcome.result,
      diffs: [],
      changes: [],
      ...(outcome.doubt !== undefined && { doubt: outcome.doubt }),
      time: Date.now(),
      duration: 0,
      looped: false,
      ignored,
      position: at.task.position,
    });
  }
  const { register } = at.task.keywords;
  if (register) state.run.variables.store.register(host, register, outcome.result);
  return {
    status,
    ignored,
    result: outcome.result,
    blocks: status === 'failed' ? [] : keys.flatMap((key) => brought.get(key) ?? []),
  };
}
