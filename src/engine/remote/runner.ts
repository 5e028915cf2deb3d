import { TsplayError } from '../model/errors.ts';
import type { Completed, Script } from '../model/script.ts';
import { timerMs } from '../model/timer.ts';
import { quote, sh } from './quote.ts';
import { asUser } from './shell/become.ts';
import type { ShellPool } from './shell/pool.ts';
import { printfWord } from './shell/printf.ts';
import type { Shell } from './shell/shell.ts';
import type { SessionOptions } from './types.ts';

/** What a command counts as whose end nobody saw: it killed the process that waited for it. */
const KILLED = 137;

export interface RunOptions {
  /** Bytes for the script's variable `_i`, in the form that `printf %b` takes. */
  readonly data?: Uint8Array | undefined;
  readonly stdin?: Uint8Array | undefined;
  /** Seconds. */
  readonly timeout?: number | undefined;
  /** Bytes kept of each stream. */
  readonly limit?: number | undefined;
}

interface CommandOptions extends Omit<RunOptions, 'data'> {
  readonly program?: readonly string[] | undefined;
}

/** Runs shell text as the user, and with the environment and time limit, of one session. */
export class Runner {
  readonly #pool: ShellPool;
  readonly #options: SessionOptions;
  readonly #exports: string;
  #shell: Shell | undefined;

  constructor(pool: ShellPool, options: SessionOptions) {
    this.#pool = pool;
    this.#options = options;
    this.#exports = exportLines(options.environment);
  }

  /** A script of ours in a subshell: only looks, or makes a change that holds no process open. */
  async script(script: Script, options: RunOptions = {}): Promise<Completed> {
    this.#trace(script.text);
    const shell = await this.#open();
    const input = options.stdin ? `printf %b ${printfWord(options.stdin)} | ` : '';
    const data = options.data ? `_i=${printfWord(options.data)}; ` : '';
    const body = `${input}( ${data}${this.#exports}eval ${quote(script.text)} )${options.stdin ? '' : ' </dev/null'}`;
    return shell.frame((sequence) => `${body}; _e ${sequence} $?`, this.#limits(options));
  }

  /** A call of one of the prelude's functions, which spares the subshell. `text` comes from the quoter. */
  async call(text: Script, limit?: number): Promise<Completed> {
    this.#trace(text.text);
    const shell = await this.#open();
    return shell.frame((sequence) => `${text.text} </dev/null; _e ${sequence} $?`, this.#limits({ limit }));
  }

  /**
   * A command in a session of its own: `script` by a fresh shell or, with `program`, by ours as the preparation for
   * those words, which are run without a shell around them. `isolated` gives it the user's own locale.
   */
  async command(script: Script, isolated: boolean, options: CommandOptions = {}): Promise<Completed> {
    // What a user's command says stands in its result, where secrets are hidden by their place too.
    this.#trace(options.program ? `${options.program[0]} ...` : script.text);
    const shell = await this.#open();
    const setup = `${isolated ? '_c; ' : ''}${this.#exports}`;
    const text = options.program ? sh`${script}; _x ${options.program}` : sh`_n ${script.text}`;
    const input = options.stdin ? ` ${printfWord(options.stdin)}` : '';
    return shell.frame(
      (sequence) => `_r ${sequence} ${quote(text.text)} ${quote(setup)}${input}; _e ${sequence} ${KILLED}`,
      this.#limits(options),
    );
  }

  /** Without a wait where the shell is open, so that calls of one tick stay in one packet. */
  #open(): Shell | Promise<Shell> {
    if (this.#shell?.alive) return this.#shell;
    return this.#pool.get(this.#options.become).then((shell) => {
      this.#shell = shell;
      return shell;
    });
  }

  #trace(text: string): void {
    const { trace, become } = this.#options;
    if (!trace) return;
    const shell = `/bin/sh -c ${quote(shortened(text))}`;
    trace(become ? asUser(become, shell, '') : shell);
  }

  #limits(options: RunOptions): { limit?: number | undefined; timeout?: number | undefined } {
    const seconds = options.timeout ?? this.#options.timeout;
    return { limit: options.limit, timeout: seconds ? timerMs(seconds) : undefined };
  }
}

/** Characters that are shown of a command: some have whole files in them. */
const LONGEST = 2000;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}... (${text.length} characters)` : text;
}

/** Shell text that sets variables for what comes after it on the line; names are checked, values quoted. */
export function exportLines(environment: ReadonlyMap<string, string> | undefined): string {
  return [...(environment ?? [])].map(([name, value]) => exportLine(name, value)).join('');
}

function exportLine(name: string, value: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new TsplayError('module', `"${name}" cannot be the name of an environment variable`);
  }
  return `export ${name}=${quote(value)}; `;
}
