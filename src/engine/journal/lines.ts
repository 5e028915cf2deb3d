import { TsplayError } from '../model/errors.ts';
import type { Seal } from '../vault/seal.ts';
import type { Entry } from './records.ts';

const SIGNED = /,"sum":"([0-9a-f]{16})"\}$/;

/** Makes lines of entries, each signed together with the one before it, so that none can be changed, lost or moved. */
export class LineMaker {
  private before: string;
  private readonly seal: Seal;

  constructor(seal: Seal, before = '') {
    this.seal = seal;
    this.before = before;
  }

  line(entry: Entry): string {
    const text = JSON.stringify(entry);
    this.before = this.seal.sign(this.before, text);
    return `${text.slice(0, -1)},"sum":"${this.before}"}\n`;
  }
}

/** What a journal holds. */
export interface Read {
  readonly entries: readonly Entry[];
  /** Bytes up to the end of the last whole line; what follows was torn by a crash. */
  readonly length: number;
  /** Signature of the last line. */
  readonly last: string;
}

/** Reads a journal, or what follows the line signed `before`. A last line that is not whole is left out; any other damage is a TsplayError that names the line. */
export function readLines(text: string, path: string, seal: Seal, before = ''): Read {
  const lines = text.split('\n');
  const torn = lines.pop() ?? '';
  const entries: Entry[] = [];
  let last = before;
  for (const [index, line] of lines.entries()) {
    const sum = SIGNED.exec(line)?.[1];
    const body = line.replace(SIGNED, '}');
    if (sum === undefined || seal.sign(last, body) !== sum) throw damaged(path, index + 1, entries.length === 0);
    entries.push(JSON.parse(body) as Entry);
    last = sum;
  }
  return { entries, length: Buffer.byteLength(text) - Buffer.byteLength(torn), last };
}

function damaged(path: string, line: number, first: boolean): TsplayError {
  const what = first
    ? 'this journal is damaged from its first line on, or was written under another key'
    : 'this journal is damaged: what this line says was not written by the run';
  return new TsplayError('usage', what, {
    position: { file: path, line, column: 1 },
    hint: 'it cannot be resumed or rolled back; run the playbook again',
  });
}
