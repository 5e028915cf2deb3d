import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { TsplayError } from '../../src/engine/model/errors.ts';
import { numbers } from './random.ts';
import { type Case, caseOf, prepare, TARGETS } from './targets.ts';

/** A range of cases, told to a worker. */
export interface Work {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** The number of the case that is being read: whoever watches sees one that does not end. */
  readonly progress: SharedArrayBuffer;
}

/** A case that went wrong. */
export interface Crash {
  readonly index: number;
  readonly problem: string;
}

/** The numbers of one case. */
export function numbersOf(seed: number, index: number): ReturnType<typeof numbers> {
  return numbers(Math.imul(seed, 0x9e3779b1) + Math.imul(index, 0x85ebca6b));
}

/** Reads one case; what is wrong with how it ended, if anything is. */
export async function tryCase({ target, file, content }: Case, folder: string): Promise<string | undefined> {
  const path = join(folder, file);
  writeFileSync(path, content);
  try {
    await target.read(folder, file);
  } catch (error) {
    return unexpected(error);
  } finally {
    writeFileSync(path, target.files[file]!);
  }
  return undefined;
}

/** What a user could not read: no message of ours, or one of a mistake of ours. */
function unexpected(error: unknown): string | undefined {
  if (error instanceof TsplayError && error.kind !== 'internal' && error.message !== '') return undefined;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function work({ seed, from, to, progress }: Work, tell: (crash: Crash) => void): Promise<void> {
  const at = new Int32Array(progress);
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-fuzz-'));
  try {
    for (const target of TARGETS) prepare(target, join(folder, target.name));
    for (let index = from; index < to; index++) {
      Atomics.store(at, 0, index);
      const one = caseOf(numbersOf(seed, index));
      const problem = await tryCase(one, join(folder, one.target.name));
      if (problem === undefined) continue;
      tell({ index, problem: `${one.target.name} ${one.file}: ${problem}\n--- ${shown(one.content)}` });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function shown(content: Buffer): string {
  return JSON.stringify(content.toString('utf8').slice(0, 4000));
}

if (parentPort) {
  const port = parentPort;
  await work(workerData as Work, (crash) => port.postMessage(crash));
}

export { caseOf, prepare } from './targets.ts';
