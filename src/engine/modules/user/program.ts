import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Change, Outcome } from '../../model/change.ts';
import type { Dict, Value } from '../../model/value.ts';
import { pyStr } from '../../template/values.ts';
import type { Controller, ModuleDefinition, Plan } from '../types.ts';
import { readAnswer } from './answer.ts';
import { internals } from './internals.ts';
import { type Interpreter, interpreterOf, programsOf } from './interpreter.ts';
import { allOf, fill, makeFolder, NO_INTERPRETER, runAndRemove } from './launch.ts';
import { makePayload, type Payload } from './style.ts';

interface Inputs {
  readonly folder: string;
  readonly payload: Payload;
  readonly interpreter: Interpreter | undefined;
  /** In check mode: whether the program knows of it, so that it may run. */
  readonly mayRun: boolean;
}

/** Bytes up to which a program travels within the text of one frame. */
const INLINE = 256 * 1024;

/**
 * A program of the user as a module (`library/NAME` with any ending): it is sent to the host, runs there with its
 * arguments in a file, and answers in JSON.
 */
export function programModule(name: string, path: string): ModuleDefinition<Record<string, Value>, Inputs> {
  return {
    name,
    collection: 'ansible.legacy',
    summary: `The program ${basename(path)}`,
    args: {},
    openArgs: true,
    ownResult: true,
    prepare: (controller, args) => prepare(name, path, controller, args),
    plan: (_args, _before, inputs) => plan(name, inputs),
    report: (_args, _before, outcomes, inputs) => report(path, inputs, outcomes),
  };
}

/** Whether a file has a first line that names what runs it. */
export function isProgram(path: string): boolean {
  return readFileSync(path).subarray(0, 2).toString('latin1') === '#!';
}

function prepare(name: string, path: string, controller: Controller, args: Record<string, Value>): Inputs {
  const program = readFileSync(path);
  const base = remoteBase(controller);
  const folder = `${base}/.tsplay-${randomBytes(12).toString('hex')}`;
  const given: Dict = new Map<Value, Value>([
    ...Object.entries(args),
    ...internals(name, controller, { folder, base }),
  ]);
  return {
    folder,
    payload: makePayload(program, given),
    interpreter: interpreterOf(program, controller.scope),
    mayRun: !controller.checkMode || program.includes('check_mode'),
  };
}

/** `ansible_remote_tmp` if it is a plain path, else a folder that every host has. */
function remoteBase({ scope }: Controller): string {
  const said = scope.get('ansible_remote_tmp') ?? null;
  const path = said === null ? '' : pyStr(said);
  return path.startsWith('/') ? path.replace(/\/+$/, '') : '/tmp';
}

function plan(name: string, { folder, payload, interpreter, mayRun }: Inputs): Plan {
  if (!mayRun) {
    return { changes: [], skipped: true, result: { msg: `remote module (${name}) does not support check mode` } };
  }
  if (interpreter === undefined && !payload.binary) {
    return { changes: [], failed: `module (${name}) is missing interpreter line` };
  }
  const path = `${folder}/${name}`;
  const argsPath = `${folder}/args`;
  const args = payload.args ? [{ path: argsPath, bytes: payload.args }] : [];
  const large = payload.program.length > INLINE;
  const files = (large ? args : [...args, { path, bytes: payload.program }]).map((file) => fill(file.path, file.bytes));
  const words = [path, ...args.map((file) => file.path)];
  const run: Change = {
    kind: 'run',
    summary: `run the module ${name}`,
    script: allOf(large ? files : [makeFolder(folder), ...files]),
    program: runAndRemove(folder, interpreter, words),
    effect: 'told',
    isolated: true,
    success: 'any',
  };
  return { changes: large ? [...sendLarge(folder, path, payload.program), run] : [run] };
}

/** A program that is too large for a frame goes as a file does. */
function sendLarge(folder: string, path: string, bytes: Buffer): Change[] {
  return [
    { kind: 'run', summary: `make ${folder}`, script: makeFolder(folder), effect: 'told' },
    {
      kind: 'write',
      summary: `send ${path}`,
      path,
      content: { bytes },
      attributes: { mode: 0o700 },
      before: { kind: 'absent' },
    },
  ];
}

function report(
  path: string,
  { interpreter, payload }: Inputs,
  outcomes: readonly Outcome[],
): Partial<Omit<Plan, 'changes'>> {
  const outcome = outcomes[payload.program.length > INLINE ? 2 : 0];
  if (!outcome) return {};
  if (outcome.rc === 127 && outcome.stderr.toString() === NO_INTERPRETER) {
    const [wanted, variable] =
      interpreter === 'any-python' || interpreter === undefined
        ? ['Python', 'ansible_python_interpreter']
        : [programsOf(interpreter).at(-1)!, `ansible_${basename(interpreter[0]!)}_interpreter`];
    return {
      changed: false,
      failed: `The module failed to execute correctly, you probably need to set the interpreter.\n${basename(path)} runs on the host by ${wanted}, which is not there: install it, or name another in ${variable}`,
      result: { module_stdout: '', module_stderr: '', rc: 127 },
    };
  }
  return readAnswer(outcome);
}
