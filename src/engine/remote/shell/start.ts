import { randomBytes } from 'node:crypto';
import { TsplayError } from '../../model/errors.ts';
import { timerMs } from '../../model/timer.ts';
import type { Pipe, Transport } from '../connections/transport.ts';
import { quote } from '../quote.ts';
import type { BecomeSettings, ConnectionSettings } from '../types.ts';
import { becomeLine, READ_LINE } from './become.ts';
import { becomeProblem, givePassword } from './password.ts';
import { Shell } from './shell.ts';

/** Seconds at least that a change of user gets: sudo may ask slow directories, or a name server that is not there. */
const BECOME_SECONDS = 60;

/** A process of a user on the host that runs `line`. What profiles print may come before its own output. */
export async function startAs(
  transport: Transport,
  become: BecomeSettings | undefined,
  line: string,
  seconds: number,
): Promise<Pipe> {
  const pipe = await transport.start(READ_LINE);
  pipe.stdin.on('error', () => {}); // its end is told by `closed`
  if (!become) {
    pipe.stdin.write(`${line}\n`);
    return pipe;
  }
  const nonce = randomBytes(12).toString('hex');
  pipe.stdin.write(`${becomeLine(become, nonce)}\n`);
  // Without a password nothing reads before the other user's process does, so all can be sent at once.
  if (become.password !== undefined) await givePassword(pipe, become, nonce, Math.max(seconds, BECOME_SECONDS));
  pipe.stdin.write(`${nonce}\n${line}\n`);
  return pipe;
}

/** Opens a persistent shell. Throws TsplayError: `unreachable` if the host gives none, `module` if the change of user is refused. */
export async function startShell(
  transport: Transport,
  become: BecomeSettings | undefined,
  settings: ConnectionSettings,
): Promise<Shell> {
  const interpreter = settings.shell ?? '/bin/sh';
  const pipe = await startAs(transport, become, `exec ${quote(interpreter)}`, settings.timeout);
  const shell = new Shell(pipe, interpreter, () => transport.failure());
  const seconds = Math.max(settings.timeout, BECOME_SECONDS);
  const timer = setTimeout(() => shell.destroy(), timerMs(seconds));
  try {
    await shell.ready;
    return shell;
  } catch (error) {
    throw transport.failure() ?? describe(error, shell.noise.trim(), become);
  } finally {
    clearTimeout(timer);
  }
}

function describe(cause: unknown, noise: string, become: BecomeSettings | undefined): TsplayError {
  if (become) return new TsplayError('module', becomeProblem(become, noise), { cause });
  return new TsplayError('unreachable', `Failed to start a shell on the host: ${noise || 'it did not answer'}`, {
    hint: 'the login shell of the user must be able to run commands',
    cause,
  });
}
