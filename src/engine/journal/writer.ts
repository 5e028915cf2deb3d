import { closeSync, fdatasync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { setImmediate as turnOfOthers } from 'node:timers/promises';
import { promisify } from 'node:util';
import { TsplayError } from '../model/errors.ts';
import type { Seal } from '../vault/seal.ts';
import { LineMaker, type Read } from './lines.ts';
import type { Entry } from './records.ts';

const toDisk = promisify(fdatasync);

/**
 * Appends to a journal. What is appended in one tick goes to the kernel in one write, where the death of this process
 * cannot reach it; `sync` waits until it is on the disk. Calls of `sync` at about the same time share one. While the disk is
 * busy with one nothing is written: the kernel would make us wait for it.
 */
export class JournalWriter {
  private readonly file: number;
  private readonly lines: LineMaker;
  private pending: string[] = [];
  private syncing: Promise<void> = Promise.resolve();
  private busy = false;
  private next: Promise<void> | undefined;
  private broken: TsplayError | undefined;
  private position: number;
  readonly path: string;

  /** A new journal, or one to go on with after what was `read` of it. */
  constructor(path: string, seal: Seal, read?: Read) {
    this.path = path;
    this.file = openSync(path, read ? 'r+' : 'wx', 0o600);
    this.lines = new LineMaker(seal, read?.last);
    this.position = read?.length ?? 0;
    if (read) ftruncateSync(this.file, read.length);
  }

  append(entry: Entry): void {
    if (this.pending.length === 0) queueMicrotask(() => !this.busy && this.write());
    this.pending.push(this.lines.line(entry));
  }

  /** Throws TsplayError if the journal cannot be kept. */
  async sync(): Promise<void> {
    this.next ??= this.syncing.then(() => this.syncAll());
    await this.next;
    if (this.broken) throw this.broken;
  }

  private async syncAll(): Promise<void> {
    // Hosts that do the same are about to ask too.
    await turnOfOthers();
    this.write();
    this.syncing = this.next ?? this.syncing;
    this.next = undefined;
    this.busy = true;
    try {
      await toDisk(this.file);
    } catch (error) {
      this.fail(error);
    }
    this.busy = false;
    this.write();
  }

  close(): void {
    this.write();
    closeSync(this.file);
  }

  private write(): void {
    if (this.pending.length === 0 || this.broken) return;
    const bytes = Buffer.from(this.pending.join(''));
    this.pending = [];
    try {
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(this.file, bytes, at, bytes.length - at, this.position + at);
      }
      this.position += bytes.length;
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.broken ??= new TsplayError('usage', `the journal ${this.path} cannot be written: ${reason}`, {
      hint: 'without it nothing is changed; free the disk, then resume the run',
      cause: error,
    });
  }
}
