import { quote } from '../quote.ts';
import type { BecomeSettings } from '../types.ts';

/** A process started with this runs the next line it is given, and has read not one byte more. */
export const READ_LINE = `exec /bin/sh -c 'IFS= read -r l; eval "$l"'`;

/**
 * A line that makes its process one of another user. That says `nonce` before it reads anything, skips what it reads
 * until a line is `nonce`, and runs the line after it: so a password that was not asked for is never taken for a command.
 */
export function becomeLine(become: BecomeSettings, nonce: string): string {
  const read = 'IFS= read -r l';
  const inner = `echo ${nonce}; while ${read} && [ "$l" != ${nonce} ]; do :; done; ${read}; eval "$l"`;
  return `exec ${asUser(become, `/bin/sh -c ${quote(inner)}`, promptOf(nonce))}`;
}

/** The command that runs `shell`, which is shell text, as the user; for reports too. */
export function asUser(become: BecomeSettings, shell: string, prompt: string): string {
  const exe = become.exe ?? become.method;
  const user = quote(become.user);
  if (become.method === 'su') return `${exe} ${become.flags ?? ''} ${user} -c ${quote(`exec ${shell}`)}`;
  if (become.method === 'doas') {
    const flags = become.flags ?? '';
    return `${exe} ${flags}${become.password === undefined ? ' -n' : ''} -u ${user} ${shell}`;
  }
  const flags = become.flags ?? '-H -S -n';
  if (become.password === undefined) return `${exe} ${flags} -u ${user} ${shell}`;
  return `${exe} ${withPassword(flags)} -p ${quote(prompt)} -u ${user} ${shell}`;
}

/** The prompt that sudo is told to show, unless its policy insists on another. */
export function promptOf(nonce: string): string {
  return `[tsplay ${nonce}] password:`;
}

/** sudo's flags without `-n`, which would refuse to ask, and with `-S`, which asks on standard input. */
function withPassword(flags: string): string {
  const kept = flags.split(/\s+/).filter((flag) => flag !== '-n' && flag !== '--non-interactive' && flag !== '');
  return kept.includes('-S') || kept.includes('--stdin') ? kept.join(' ') : [...kept, '-S'].join(' ');
}
