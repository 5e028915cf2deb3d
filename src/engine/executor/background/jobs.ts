import { randomInt } from 'node:crypto';
import type { Dict } from '../../model/value.ts';
import type { Job } from '../../modules/background/job.ts';
import { type Answer, is } from '../result.ts';

/** Work that the controller carries on while the play goes its way. */
export interface Work {
  /** Task and host, for what is said of it when nobody asked. */
  readonly label: string;
  /** Never rejects. */
  readonly done: Promise<Answer>;
  /** Ends what it does on the host. */
  readonly end: () => Promise<void>;
}

/** What `async` began in a run and the run knows of. */
export class Jobs {
  private readonly detached = new Map<string, Job>();
  private readonly open = new Map<string, Work>();
  private readonly ended = new Map<string, { readonly work: Work; readonly answer: Answer; seen: boolean }>();

  /** `j` and digits, as Ansible's. */
  newId(): string {
    return `j${randomInt(10 ** 11, 10 ** 12)}.${process.pid}`;
  }

  /** As async_status sees it. */
  find(id: string): Job | undefined {
    const ended = this.ended.get(id);
    if (!ended) return this.open.has(id) ? { kind: 'carried', result: undefined } : this.detached.get(id);
    ended.seen = true;
    return { kind: 'carried', result: ended.answer.result };
  }

  /** What a carried job gave, with all that is no part of its result. */
  answerOf(id: string): Answer | undefined {
    return this.ended.get(id)?.answer;
  }

  forget(id: string): void {
    this.detached.delete(id);
    this.ended.delete(id);
  }

  /** A command that the host carries on. */
  addDetached(id: string, report: Extract<Job, { kind: 'detached' }>['report']): void {
    this.detached.set(id, { kind: 'detached', report });
  }

  /** Work that the controller carries on. */
  addCarried(id: string, work: Work): void {
    this.open.set(id, work);
    void work.done.then((answer) => {
      this.open.delete(id);
      this.ended.set(id, { work, answer, seen: false });
    });
  }

  /** Labels of what still runs. */
  get unfinished(): string[] {
    return [...this.open.values()].map(({ label }) => label);
  }

  /** Waits until all has ended; each has its time limit. */
  async settle(): Promise<void> {
    await Promise.all([...this.open.values()].map(({ done }) => done));
  }

  /** Ends all that still runs. */
  async end(): Promise<void> {
    await Promise.all([...this.open.values()].map((work) => work.end()));
  }

  /** Those that failed and that no task has asked for. */
  get unseenFailures(): { readonly label: string; readonly result: Dict }[] {
    return [...this.ended.values()]
      .filter(({ seen, answer }) => !seen && is(answer.result, 'failed'))
      .map(({ work, answer }) => ({ label: work.label, result: answer.result }));
  }
}
