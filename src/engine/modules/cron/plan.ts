import type { Change, Outcome } from '../../model/change.ts';
import { sh } from '../../remote/quote.ts';
import { beforeOf } from '../files/target.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import { type TextFile, writeText } from '../text-file.ts';
import type { Plan } from '../types.ts';
import {
  crontabLines,
  crontabText,
  jobNames,
  variableNames,
  withJob,
  withoutJob,
  withoutVariable,
  withVariable,
} from './crontab.ts';

export interface CronArgs {
  readonly name: string;
  readonly user: string | null;
  readonly job: string | null;
  readonly cron_file: string | null;
  readonly state: 'present' | 'absent';
  readonly backup: boolean;
  readonly minute: string;
  readonly hour: string;
  readonly day: string;
  readonly month: string;
  readonly weekday: string;
  readonly special_time: string | null;
  readonly disabled: boolean;
  readonly env: boolean;
  readonly insertafter: string | null;
  readonly insertbefore: string | null;
}

/** A user's crontab, or a file of jobs. */
export type CronState =
  | { readonly kind: 'file'; readonly file: TextFile }
  | { readonly kind: 'crontab'; readonly text: string; readonly problem?: string };

export function cronFilePath(path: string): string {
  return path.startsWith('/') ? path : `/etc/cron.d/${path}`;
}

export function planCron(args: CronArgs, state: CronState): Plan {
  const problem = refusal(args) ?? (state.kind === 'crontab' ? state.problem : undefined);
  if (problem !== undefined) return { changes: [], failed: problem };
  const text = state.kind === 'file' ? state.file.text : state.text;
  const lines = crontabLines(text);
  const wanted = args.env ? variableLines(args, lines) : jobLines(args, lines);
  if (wanted && 'missing' in wanted) return { changes: [], failed: `Variable named '${wanted.missing}' not found.` };
  // the last line must end, or cron does not read it
  const due = wanted !== undefined || (text !== '' && !/[\r\n]$/.test(text));
  const after = wanted ?? lines;
  const gone = args.cron_file !== null && args.state === 'absent' && after.length === 0 && due;
  if (gone)
    return { changes: [save(args, state, text, after)], result: { cron_file: args.cron_file!, state: 'absent' } };
  const result = {
    jobs: jobNames(after),
    envs: variableNames(after),
    ...(args.cron_file !== null && { cron_file: args.cron_file }),
  };
  return { changes: due ? [save(args, state, text, after)] : [], result, warnings: warningsOf(args) };
}

function refusal(args: CronArgs): string | undefined {
  const { cron_file: file, job, env } = args;
  if (file === '/etc/crontab') return 'Will not manage /etc/crontab via cron_file, see documentation.';
  const times = [args.minute, args.hour, args.day, args.month, args.weekday];
  if (args.special_time !== null && times.some((time) => time !== '*')) {
    return 'You must specify time and date fields or special time.';
  }
  if (env && args.name.includes(' ')) return 'Invalid name for environment variable';
  if (args.state === 'absent') return undefined;
  if (file !== null && !args.user) return 'To use cron_file=... parameter you must specify user=... as well';
  if (job === null) return "You must specify 'job' to install a new cron job or variable";
  const placed = args.insertafter !== null || args.insertbefore !== null;
  return placed && !env ? 'Insertafter and insertbefore parameters are valid only with env=yes' : undefined;
}

function warningsOf({ cron_file: file, job, env, state }: CronArgs): string[] {
  const warnings: string[] = [];
  const name = file?.split('/').at(-1) ?? '';
  if (file !== null && !/^[A-Z0-9_-]+$/i.test(name)) {
    warnings.push(
      `Filename portion of cron_file ("${name}") should consist solely of upper- and lower-case letters, digits, underscores, and hyphens`,
    );
  }
  const broken = state === 'present' && !env && /[\r\n]/.test((job ?? '').replace(/^[\r\n]+|[\r\n]+$/g, ''));
  if (broken) warnings.push('Job should not contain line breaks');
  return warnings;
}

function variableLines(args: CronArgs, lines: readonly string[]) {
  if (args.state === 'absent') return withoutVariable(lines, args.name);
  return withVariable(lines, args.name, args.job!, { after: args.insertafter, before: args.insertbefore });
}

function jobLines(args: CronArgs, lines: readonly string[]): string[] | undefined {
  if (args.state === 'absent') return withoutJob(lines, args.name);
  const time =
    args.special_time === null
      ? [args.minute, args.hour, args.day, args.month, args.weekday].join(' ')
      : `@${args.special_time}`;
  const who = args.cron_file === null ? [] : [args.user];
  const job = args.job!.replace(/^[\r\n]+|[\r\n]+$/g, '');
  return withJob(lines, args.name, `${args.disabled ? '#' : ''}${[time, ...who, job].join(' ')}`);
}

function save(args: CronArgs, state: CronState, before: string, lines: readonly string[]): Change {
  const text = crontabText(lines);
  if (state.kind === 'file') {
    const { path, state: fileState } = state.file;
    if (text !== '' || args.state === 'present' || args.env)
      return writeText(state.file, text, { backup: args.backup });
    const diff = { before, after: '', beforeHeader: path, afterHeader: '/dev/null' };
    return { kind: 'remove', summary: `remove ${path}`, path, before: beforeOf(fileState, Buffer.from(before)), diff };
  }
  const who = args.user === null ? [] : ['-u', args.user];
  const title = args.user === null ? 'crontab' : `crontab for user "${args.user}"`;
  const keep = sh`copy=$(mktemp /tmp/crontabXXXXXXXX) && { crontab ${who} -l >"$copy" 2>/dev/null || :; } && echo "$copy" && `;
  return runChange(`write the ${title}`, sh`${args.backup ? keep : sh``}crontab ${who} -`, {
    stdin: Buffer.from(text),
    undo: before === '' ? sh`crontab ${who} -r` : sh`printf %s ${before} | crontab ${who} -`,
    diff: { before, after: text, beforeHeader: title, afterHeader: title },
  });
}

export function reportCron(args: CronArgs, state: CronState, outcomes: readonly Outcome[]): Partial<Plan> {
  const failure = failedChange(planCron(args, state).changes, outcomes);
  if (failure) return { failed: textOf(failure.outcome.stderr) };
  const copy = outcomes[0]?.backupFile ?? textOf(outcomes[0]?.stdout);
  return args.backup && copy ? { result: { backup_file: copy } } : {};
}
