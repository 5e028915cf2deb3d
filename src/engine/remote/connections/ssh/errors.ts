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

/** What an error while connecting means. `notes` says which keys could not be used. */
export function connectError(error: SshError, options: SshOptions, notes: readonly string[]): TsplayError {
  if (error instanceof TsplayError) return error;
  const place = `connect to host ${options.host} port ${options.port}`;
  if (error.level === 'client-authentication') {
    const why = notes.length > 0 ? ` (${notes.join('; ')})` : '';
    return unreachable(`${options.user}@${options.host}: Permission denied${why}.`, {
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
    return unreachable(`ssh: ${place}: Connection timed out during banner exchange or authentication`, {
      cause: error,
    });
  }
  return unreachable(`ssh: ${place}: ${error.message}`, { cause: error });
}

/** Whether the server closed before it spoke, as sshd does with bursts (MaxStartups): worth another try. */
export function closedEarly(error: SshError): boolean {
  return /before handshake/i.test(error.message) || error.code === 'ECONNRESET' || error.code === 'EPIPE';
}
