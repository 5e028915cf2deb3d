import { TsplayError } from '../../model/errors.ts';
import type { Pipe } from '../connections/transport.ts';
import type { BecomeSettings } from '../types.ts';
import { promptOf } from './become.ts';
import { readUntil } from './read-until.ts';

/** Milliseconds after which the password is given without a prompt we know (`passprompt_override`, a language). */
const UNKNOWN_PROMPT = 1000;
/** The same, once something that looks like a prompt was printed. */
const LIKELY_PROMPT = 200;
/** Milliseconds for which an unfinished line after the password means that it was asked for again. */
const ASKED_AGAIN = 300;

/**
 * Answers the prompt of sudo, su or doas and waits until the other user's process says `nonce`. The password goes to
 * standard input, once. Throws TsplayError('module') when it is refused.
 */
export async function givePassword(pipe: Pipe, become: BecomeSettings, nonce: string, seconds: number): Promise<void> {
  const prompt = become.method === 'sudo' ? promptOf(nonce) : undefined;
  let said = '';
  let given = false;
  let timer: NodeJS.Timeout | undefined;
  let stop = () => {};
  const refused = new Promise<never>((_, reject) => {
    const refuse = (message: string) => reject(new TsplayError('module', message));
    const give = () => {
      if (given) return;
      given = true;
      said = '';
      pipe.stdin.write(`${become.password}\n`);
    };
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4096);
      if (!given && prompt !== undefined && said.includes(prompt)) give();
      else if (!given && /[:>?]\s?$/.test(said)) {
        clearTimeout(timer);
        timer = setTimeout(give, LIKELY_PROMPT);
      } else if (given && /sorry, try again|incorrect password/i.test(said)) refuse(incorrect(become));
      else if (given && said.trim() !== '') {
        clearTimeout(timer);
        timer = setTimeout(() => said.endsWith('\n') || refuse(incorrect(become)), ASKED_AGAIN);
      }
    };
    timer = setTimeout(give, UNKNOWN_PROMPT);
    pipe.stderr.on('data', hear);
    const overdue = setTimeout(
      () => refuse(`Timeout (${seconds}s) waiting for privilege escalation prompt: ${said.trim()}`),
      seconds * 1000,
    );
    void pipe.closed.then(() => refuse(becomeProblem(become, said)));
    stop = () => {
      clearTimeout(timer);
      clearTimeout(overdue);
      pipe.stderr.off('data', hear);
      pipe.stderr.pause();
    };
  });
  try {
    // The end of the stream alone says nothing: `closed` follows and is judged by what was printed.
    await Promise.race([readUntil(pipe.stdout, nonce).catch(() => refused), refused]);
  } catch (error) {
    pipe.destroy();
    throw error;
  } finally {
    stop();
  }
}

/** What a change of user that ended means, from what it printed. */
export function becomeProblem(become: BecomeSettings, said: string): string {
  const own = said.split('\n').filter((line) => /^(\S*\/)?(sudo|su|doas): /.test(line) || line.includes('not found'));
  const text = (own.length > 0 ? own.join('\n') : said).trim();
  if (/a password is required|no password was provided|a terminal is required|authentication required/i.test(text))
    return become.password === undefined ? `Missing ${become.method} password` : incorrect(become);
  if (become.method === 'su' && /authentication failure|password/i.test(text)) {
    return become.password === undefined ? 'Missing su password' : incorrect(become);
  }
  return `cannot become ${become.user} by ${become.method}: ${text || 'it ended without a message'}`;
}

function incorrect(become: BecomeSettings): string {
  return `Incorrect ${become.method} password`;
}
