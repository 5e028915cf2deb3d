import type { Outcome } from '../../model/change.ts';
import type { Script } from '../../model/script.ts';
import type { Value } from '../../model/value.ts';
import { quote, sh } from '../../remote/quote.ts';
import { pyStr } from '../../template/values.ts';
import type { Plan } from '../types.ts';
import { type GuardState, type Guards, guardMessage } from './guards.ts';
import { durationText, endOfLines, streams, timeText } from './output.ts';

/** What of a command's arguments matters however it is run. */
export interface CommandOptions extends Guards {
  /** The shell that runs a command line; `command` has no use for it. */
  readonly executable: string | null;
  readonly stdin: string | null;
  readonly stdin_add_newline: boolean;
  readonly strip_empty_ends: boolean;
}

const noFolder = 'tsplay: no such folder';

/** Steps into `chdir` before `script`. A folder that is not there ends it with a text that the report knows. */
export function within(chdir: string | null, script: Script): Script {
  if (chdir === null) return script;
  return sh`cd -P -- ${chdir} 2>/dev/null || { printf %s ${noFolder} >&2; exit 127; }; ${script}`;
}

/**
 * The plan of a user's command, which runs `program`: one opaque change, or none where `creates` or `removes` say so.
 * `cmd` is the command as the user wrote it.
 */
export function planCommand(
  program: readonly string[],
  cmd: Value,
  args: CommandOptions,
  state: GuardState,
  checkMode: boolean,
): Plan {
  const shown: Value = Array.isArray(cmd) ? cmd.join(' ') : cmd;
  const needless = guardMessage(args, state, checkMode);
  if (needless) {
    const result = { cmd, rc: 0, start: null, end: null, delta: null, stderr: '', stderr_lines: [], ...needless };
    return { changes: [], result: { ...result, stdout_lines: [needless.stdout] } };
  }
  const text = args.stdin === null ? undefined : args.stdin + (args.stdin_add_newline ? '\n' : '');
  const guarded = args.creates !== null || args.removes !== null;
  return {
    changes: [
      {
        kind: 'run',
        summary: `run ${shown}`,
        script: within(args.chdir, testProgram(program[0] ?? '')),
        program,
        stdin: text === undefined ? undefined : Buffer.from(text),
        // With `creates` or `removes` it is known that it will run; without, nobody can tell what it would change.
        effect: guarded ? 'known' : 'opaque',
        isolated: true,
        success: 'any',
      },
    ],
    result: checkMode
      ? { cmd, rc: 0, stdout: '', stderr: '', msg: 'Command would have run if not in check mode' }
      : { cmd },
  };
}

/** The result of a command that ran. */
export function reportCommand(
  cmd: Value,
  args: CommandOptions,
  outcomes: readonly Outcome[],
): Partial<Omit<Plan, 'changes'>> {
  const [outcome] = outcomes;
  if (!outcome) return {};
  const special = specialFailure(cmd, args, outcome);
  if (special) return special;
  const result = {
    cmd,
    rc: outcome.rc,
    ...streams(outcome, args.strip_empty_ends),
    start: timeText(outcome.start),
    end: timeText(outcome.end),
    delta: durationText(outcome.end - outcome.start),
  };
  const whole = [outcome.stdout, outcome.stderr].every((bytes) => endOfLines(bytes) === bytes.length);
  const warnings = outcome.truncated || !whole ? ['the output was too long; what went past the limit is lost'] : [];
  if (outcome.timedOut) return { failed: 'the command took longer than the task may, and was ended', result, warnings };
  if (outcome.rc !== 0) return { failed: 'non-zero return code', result, warnings };
  return { result: { ...result, msg: '' }, warnings };
}

const noProgram = 'tsplay: no such program';
const noPermission = 'tsplay: not executable';

/** Ends with a text that the report knows where a program is missing; so it is told from one that answers 127. */
function testProgram(program: string): Script {
  const missing = sh`{ printf %s ${noProgram} >&2; exit 127; }`;
  const refused = sh`{ printf %s ${noPermission} >&2; exit 126; }`;
  return program.includes('/')
    ? sh`[ -e ${program} ] || ${missing}; { [ -f ${program} ] && [ -x ${program} ]; } || ${refused}`
    : sh`command -v ${program} >/dev/null 2>&1 || ${missing}`;
}

/** A program that never ran is told of as a line. */
function asText(cmd: Value): Value {
  const written = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quote(word));
  return Array.isArray(cmd) ? cmd.map((word) => written(pyStr(word))).join(' ') : cmd;
}

/** Failures that come before the command runs, in Ansible's words. */
function specialFailure(
  cmd: Value,
  args: CommandOptions,
  { rc, stderr }: Outcome,
): Partial<Omit<Plan, 'changes'>> | undefined {
  if (rc !== 126 && rc !== 127) return undefined;
  const said = stderr.toString();
  const empty = { cmd, stdout: '', stdout_lines: [], stderr: '', stderr_lines: [] };
  const first = Array.isArray(cmd) ? String(cmd[0]) : args.executable;
  if (said === noFolder) {
    const reason = `[Errno 2] No such file or directory: b'${args.chdir}'`;
    const msg = `Unable to change directory before execution: ${reason}`;
    return { failed: msg, changed: false, result: { ...empty, rc: null } };
  }
  if (said === noProgram) {
    const msg = `[Errno 2] No such file or directory: b'${first}'`;
    return { failed: msg, changed: false, result: { ...empty, cmd: asText(cmd), rc: 2, msg } };
  }
  if (said !== noPermission) return undefined;
  return {
    failed: `[Errno 13] Permission denied: b'${first}'`,
    changed: false,
    result: { ...empty, cmd: asText(cmd), rc: 13 },
  };
}
