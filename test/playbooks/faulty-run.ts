import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { builtProgram } from '../lab/program.ts';

/** A moment of a run at one host: before its task number `task` (from 0) of a play, or after it. */
export interface Moment {
  readonly play: string;
  readonly host: string;
  readonly task: number;
  readonly when: 'before' | 'after';
}

export interface FaultyRun {
  /** Undefined if it was killed. */
  readonly code: number | undefined;
  /** Tasks of the play that began at the host. */
  readonly tasks: number;
  /** All that it wrote. */
  readonly output: string;
}

interface Told {
  readonly type: string;
  readonly name?: string;
  readonly host?: string;
}

/** Runs tsplay and does something at a moment of the run, once; `strike` may kill the process. */
export function runWithFault(
  args: readonly string[],
  moment: Moment | undefined,
  strike: (controller: ChildProcess) => Promise<void> = async () => {},
): Promise<FaultyRun> {
  const child = spawn(process.execPath, [builtProgram(), ...args, '--output', 'ndjson'], { env: process.env });
  let [play, tasks, output] = ['', 0, ''];
  let struck: Promise<void> | undefined;
  const reached = (told: Told): boolean => {
    if (!moment || play !== moment.play || told.host !== moment.host) return false;
    if (told.type === 'host-start') tasks++;
    const type = moment.when === 'before' ? 'host-start' : 'host-result';
    return told.type === type && tasks === moment.task + 1;
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    output += `${line}\n`;
    const told = JSON.parse(line) as Told;
    if (told.type === 'play-start') play = told.name ?? '';
    if (reached(told)) struck ??= strike(child);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const done = { code: code ?? undefined, tasks, output };
      (struck ?? Promise.resolve()).then(() => resolve(done), reject);
    });
  });
}
