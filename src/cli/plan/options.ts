import { type OptionTable, type Parsed, parsedOf, type Said } from '../options.ts';
import { HOST_OPTIONS, RUN_OPTIONS } from '../run/run-options.ts';
import { VAULT_OPTIONS } from '../vault/options.ts';

const {
  check: _check,
  resume: _resume,
  assume: _assume,
  output: _output,
  step: _step,
  'list-hosts': _listHosts,
  'list-tasks': _listTasks,
  'list-tags': _listTags,
  'syntax-check': _syntaxCheck,
  'wait-lock': _waitLock,
  'no-lock': _noLock,
  ...choosing
} = RUN_OPTIONS;

/** Options of a run that decide what it does; a plan keeps them. */
export const PLAN_OPTIONS = {
  out: { short: 'o', value: 'FILE', help: 'write the plan to FILE, for tsplay apply; `-` is standard output' },
  json: { help: 'print the plan as JSON' },
  ...choosing,
} as const satisfies OptionTable;

/** Those that say how to get at hosts and how to tell of it. */
export const APPLY_OPTIONS = {
  check: { short: 'C', help: 'only look whether the hosts are still as they were when the plan was made' },
  'skip-drifted': { help: 'leave out hosts that are not as they were, and go on with the others' },
  'leave-out': { value: 'HOST', many: true, help: 'leave this host out; may be given several times' },
  output: RUN_OPTIONS.output,
  diff: HOST_OPTIONS.diff,
  forks: HOST_OPTIONS.forks,
  'wait-lock': HOST_OPTIONS['wait-lock'],
  'no-lock': HOST_OPTIONS['no-lock'],
  'private-key': HOST_OPTIONS['private-key'],
  timeout: HOST_OPTIONS.timeout,
  'ask-pass': HOST_OPTIONS['ask-pass'],
  'ask-become-pass': HOST_OPTIONS['ask-become-pass'],
  'connection-password-file': HOST_OPTIONS['connection-password-file'],
  'become-password-file': HOST_OPTIONS['become-password-file'],
  verbose: HOST_OPTIONS.verbose,
  ...VAULT_OPTIONS,
} as const satisfies OptionTable;

/** Of the options of a plan those that belong to its file; where it goes is none of them. */
export function keptOptions({ given }: Parsed): Map<string, readonly Said[]> {
  const own = new Set(['out', 'json', 'verbose']);
  return new Map([...given].filter(([name]) => !own.has(name)));
}

/** The options of a plan as a check run has them. */
export function asCheck(options: Parsed): Parsed {
  return parsedOf(options.words, new Map([...options.given, ['check', [true]]]));
}
