import { TsplayError } from '../../../model/errors.ts';
import type { SshOptions } from './options.ts';

interface SshError extends Error {
  readonly code?: string | number;
  readonly level?: string;
}

/** The error that a run shows for a host that cannot be reached, in the words ssh uses. */
export function unreachable(reason: string, details: { hint?: string; cause?: unknown } = {}): TsplayError {
  return new TsplayError('unreachable', `Failed to connect to the host via ssh: ${reason}`, details);
}

/** How far a connection came. */
export interface Progress {
  readonly connected: boolean;
  /** Methods that the server would still have taken. */
  readonly left: readonly string[];
  /** Keys that could not be used, and why. */
  readonly notes: readonly string[];
}

/** What an error while connecting means. */
export function connectError(error: SshError, options: SshOptions, progress?: Progress): TsplayError {
  if (error instanceof TsplayError) return error;
  const place = `connect to host ${options.host} port ${options.port}`;
  if (error.level === 'client-authentication') {
    const left = progress?.left.length ? ` (${progress.left.join(',')})` : '';
    const notes = progress?.notes.map((note) => ` ${note}.`).join('') ?? '';
    return unreachable(`${options.user}@${options.host}: Permission denied${left}.${notes}`, {
      hint: 'give a key that the host accepts (ansible_ssh_private_key_file, ssh-agent) or ansible_password',
      cause: error,
    });
  }
  switch (error.code) {
    case 'ECONNREFUSED':
      return unreachable(`ssh: ${place}: Connection refused`, { cause: error });
    case 'ETIMEDOUT':
      return unreachable(`ssh: ${place}: Connection timed out`, { cause: error });
    case 'EHOSTUNREACH':
      return unreachable(`ssh: ${place}: No route to host`, { cause: error });
    case 'ENETUNREACH':
      return unreachable(`ssh: ${place}: Network is unreachable`, { cause: error });
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(`ssh: Could not resolve hostname ${options.host}: Name or service not known`, {
        cause: error,
      });
  }
  if (error.level === 'client-timeout') {
    const when = progress?.connected ? ' during banner exchange or authentication' : '';
    return unreachable(`ssh: ${place}: Connection timed out${when}`, { cause: error });
  }
  return unreachable(`ssh: ${place}: ${error.message}`, { cause: error });
}

/** Whether the server closed before it spoke, as sshd does with bursts (MaxStartups): worth another try. */
export function closedEarly(error: SshError): boolean {
  return /before handshake/i.test(error.message) || error.code === 'ECONNRESET' || error.code === 'EPIPE';
}
