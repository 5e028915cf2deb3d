import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { builtProgram } from '../../lab/program.ts';

/** A moment of a run at one host: before a task of a play, or after it. */
export interface Moment {
  readonly play: string;
  readonly host: string;
  /** Its number among the tasks of the play that began at the host, from 0; or its name, the first time that it comes. */
  readonly task: number | string;
  readonly when: 'before' | 'after';
}

export interface FaultyRun {
  /** Undefined if it was killed. */
  readonly code: number | undefined;
  /** The tasks of the play that began at the host, in their order. */
  readonly tasks: readonly RunTask[];
  /** Whether the moment came. */
  readonly struck: boolean;
  /** All that it wrote. */
  readonly output: string;
}

export interface RunTask {
  readonly name: string;
  readonly skipped: boolean;
}

interface Told {
  readonly type: string;
  readonly name?: string;
  readonly host?: string;
  readonly task?: { readonly id: number; readonly name: string };
  readonly taskId?: number;
  readonly status?: string;
}

/** Runs tsplay and does something at a moment of the run, once; `strike` may kill the process. */
export function runWithFault(
  args: readonly string[],
  moment: Moment,
  strike: (controller: ChildProcess) => Promise<void> = async () => {},
): Promise<FaultyRun> {
  const child = spawn(process.execPath, [builtProgram(), ...args, '--output', 'ndjson'], { env: process.env });
  let [play, output] = ['', ''];
  const names = new Map<number, string>();
  const tasks: RunTask[] = [];
  let struck: Promise<void> | undefined;
  const reached = (told: Told): boolean => {
    if (play !== moment.play || told.host !== moment.host) return false;
    if (told.type === 'host-start') tasks.push({ name: names.get(told.taskId ?? -1) ?? '', skipped: false });
    if (told.type === 'host-result' && told.status === 'skipped') tasks.push({ ...tasks.pop()!, skipped: true });
    if (told.type !== (moment.when === 'before' ? 'host-start' : 'host-result')) return false;
    return moment.task === (typeof moment.task === 'number' ? tasks.length - 1 : tasks.at(-1)?.name);
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    output += `${line}\n`;
    const told = JSON.parse(line) as Told;
    if (told.type === 'play-start') play = told.name ?? '';
    if (told.task) names.set(told.task.id, told.task.name);
    if (reached(told)) struck ??= strike(child);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const done = { code: code ?? undefined, tasks, struck: struck !== undefined, output };
      (struck ?? Promise.resolve()).then(() => resolve(done), reject);
    });
  });
}
