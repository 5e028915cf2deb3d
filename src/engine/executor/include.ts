import { TsplayError } from '../model/errors.ts';
import type { Task } from '../model/playbook.ts';
import { OMIT, type Raw, type Value } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { pyRepr, pyStr } from '../template/values.ts';
import type { VarScope } from '../vars/scope.ts';
import { attending } from './attend.ts';
import type { RoleInclude } from './context.ts';
import { declined } from './declined.ts';
import { toBoolean } from './keywords.ts';
import { itemLabel, loopItems, loopNames, turn } from './loop.ts';
import { type Answer, answer, failure, is, skipped } from './result.ts';
import type { TaskAt } from './task-at.ts';

/** One file or role that a host wants included, with the loop's variables it has there. */
export interface Wanted {
  /** Same for hosts that share what is included. */
  readonly key: string;
  readonly vars: Map<string, Raw>;
  readonly label?: string | undefined;
  readonly source: { readonly file: string } | { readonly role: string; readonly options: RoleInclude };
}

/** What include_tasks or include_role asks for on one host: one for each item, and the answer to show. */
export interface Wants {
  readonly answer: Answer;
  readonly wanted: Wanted[];
  /** Turns of a loop whose condition did not hold. */
  readonly left?: readonly { readonly item: Value; readonly label: string; readonly answer: Answer }[];
}

export function wantedBy(at: TaskAt, given: VarScope): Wants {
  const scope = attending(at, given);
  try {
    const items = loopItems(at.task, scope);
    if (!items) return one(at, scope, new Map());
    const control = at.task.keywords.loop_control;
    const names = loopNames(control, scope);
    const turns = items.map((_, position) => {
      const { item, vars } = turn(items, position, names);
      const inner = scope.with(vars);
      const label = pyStr(itemLabel(control, item, inner));
      return { item, label, ...one(at, inner, vars, label) };
    });
    return {
      answer: together(turns.map((each) => each.answer)),
      wanted: turns.flatMap((each) => each.wanted),
      left: turns.filter(({ answer }) => is(answer.result, 'skipped')),
    };
  } catch (error) {
    return { answer: failure(error), wanted: [] };
  }
}

function one(
  at: TaskAt,
  scope: VarScope,
  vars: Map<string, Raw>,
  label?: string,
): { answer: Answer; wanted: Wanted[] } {
  try {
    const no = declined(at, scope);
    if (no) return { answer: no, wanted: [] };
    const source = sourceOf(at.task, scope);
    const name = 'file' in source ? source.file : source.role;
    const key = `${name}\0${'options' in source ? JSON.stringify(source.options) : ''}\0${[...vars].map(([n, v]) => `${n}=${pyRepr(v as Value)}`).join('\0')}`;
    return { answer: answer(new Map<Value, Value>([['include', name]])), wanted: [{ key, vars, label, source }] };
  } catch (error) {
    return { answer: failure(error), wanted: [] };
  }
}

function sourceOf(task: Task, scope: VarScope): Wanted['source'] {
  const text = (name: string): string | undefined => {
    const raw = task.args.get(name);
    const value = raw === undefined ? OMIT : evaluate(raw, scope);
    return value === OMIT || value === null ? undefined : pyStr(value);
  };
  const truth = (name: string, fallback: boolean): boolean => {
    const value = text(name);
    return value === undefined ? fallback : toBoolean(value, name);
  };
  if (task.action === 'include_tasks') {
    const file = text('file') ?? text('_raw_params');
    if (file) return { file };
    throw new TsplayError('parse', 'No file specified for include_tasks', { position: task.position });
  }
  const role = text('name') ?? text('role');
  if (!role)
    throw new TsplayError('parse', "'name' is a required field for include_role.", { position: task.position });
  return {
    role,
    options: {
      tasksFrom: text('tasks_from'),
      varsFrom: text('vars_from'),
      defaultsFrom: text('defaults_from'),
      handlersFrom: text('handlers_from'),
      public: text('public') === undefined ? undefined : truth('public', false),
      allowDuplicates: truth('allow_duplicates', true),
    },
  };
}

function together(answers: readonly Answer[]): Answer {
  const failed = answers.find(({ result }) => is(result, 'failed'));
  if (failed) return failed;
  if (answers.length === 0)
    return skipped([
      ['skipped_reason', 'No items in the list'],
      ['results', []],
    ]);
  const results = answers.map(({ result }) => result as Value);
  const unsure = answers.find(({ unknown }) => unknown);
  if (unsure) return unsure;
  if (answers.every(({ result }) => is(result, 'skipped'))) {
    return skipped([
      ['msg', 'All items skipped'],
      ['results', results],
    ]);
  }
  return answer(new Map<Value, Value>([['results', results]]));
}

/** The include as what it brought sees it: with the loop's variables among its own. */
export function includeParent(task: Task, vars: Map<string, Raw>): Task {
  if (vars.size === 0) return task;
  return { ...task, keywords: { ...task.keywords, vars: new Map([...(task.keywords.vars ?? []), ...vars]) } };
}
