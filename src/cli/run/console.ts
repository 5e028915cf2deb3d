import { createInterface, type Interface } from 'node:readline';
import pLimit from 'p-limit';
import type { Console } from '../../engine/executor/context.ts';
import type { Emit, Event } from '../../engine/model/event.ts';
import { printable } from '../../engine/output/printable.ts';
import type { Output } from './output.ts';

/** Events on their way to the output; kept back while somebody talks at the terminal. */
export class Gate {
  private readonly onwards: Emit;
  private held: Event[] | undefined;

  constructor(onwards: Emit) {
    this.onwards = onwards;
  }

  readonly emit: Emit = (event) => {
    if (this.held) this.held.push(event);
    else this.onwards(event);
  };

  hold(): void {
    this.held ??= [];
  }

  open(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const event of held) this.onwards(event);
  }
}

/** Whom the debugger talks to. */
export interface Talker extends Console {
  /** Nothing more is asked. */
  close(): void;
}

/** Whoever sits at the terminal, or writes into the pipe that is our input. */
export class StandardTalker implements Talker {
  private piped: AsyncIterator<string> | undefined;
  private reader: Interface | undefined;

  /** Undefined also for Ctrl-C. */
  async ask(question: string): Promise<string | undefined> {
    if (process.stdin.isTTY) return askTerminal(question);
    process.stdout.write(question);
    // One reader for all questions: it reads ahead.
    this.reader ??= createInterface({ input: process.stdin });
    this.piped ??= this.reader[Symbol.asyncIterator]();
    const next = await this.piped.next();
    process.stdout.write('\n');
    return next.done ? undefined : next.value;
  }

  say(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  close(): void {
    this.reader?.close();
  }
}

function askTerminal(question: string): Promise<string | undefined> {
  const reader = createInterface({ input: process.stdin, output: process.stdout, terminal: true });
  return new Promise((resolve) => {
    let answer: string | undefined;
    reader.once('close', () => resolve(answer));
    reader.once('SIGINT', () => reader.close());
    reader.question(question, (typed) => {
      answer = typed;
      reader.close();
    });
  });
}

/** Conversations, one at a time, while nothing else is shown. `conceal` hides secrets in what is said. */
export function conversations(
  gate: Gate,
  talker: Talker,
  output: Output,
  conceal: (text: string) => string,
): <T>(talk: (console: Console) => Promise<T>) => Promise<T> {
  const turns = pLimit(1);
  const console: Console = {
    ask: (question) => talker.ask(printable(conceal(question))),
    say: (text) => talker.say(printable(conceal(text))),
  };
  return (talk) =>
    turns(async () => {
      gate.hold();
      try {
        return await output.aside(() => talk(console));
      } finally {
        gate.open();
      }
    });
}
