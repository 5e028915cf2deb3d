import { TsplayError } from '../../model/errors.ts';

/** An endpoint that gave no answer; another one may. */
export class Unanswered extends Error {}

/** What etcd answers with when it refuses. */
export interface Refusal {
  readonly message: string;
  /** Of gRPC. */
  readonly code: number;
}

/** The error of a refusal, in words that say what to do. */
export function refused(place: string, { message }: Refusal): TsplayError {
  const said = message.replace(/^etcdserver: /, '');
  return new TsplayError('module', `the store ${place} refused: ${said}`, { hint: hintOf(said) });
}

/** Of gRPC: given up, too late, not available now. */
const PASSING: ReadonlySet<number> = new Set([1, 4, 14]);

/** A member that is there, and for now does worse than another one, or than itself a little later: no leader, about to end. */
export function isPassing({ message, code }: Refusal): boolean {
  return PASSING.has(code) || /no leader|leader changed|timed out|too many requests|is closing|stopped/.test(message);
}

/** The login is missing, or no longer counts. */
export function isLoggedOut({ message, code }: Refusal): boolean {
  return code === 16 || /invalid auth token/.test(message);
}

function hintOf(said: string): string | undefined {
  if (/database space exceeded/.test(said)) return 'it is full: compact and defragment it, then etcdctl alarm disarm';
  if (/user name is empty/.test(said)) return 'it wants a login: TSPLAY_STORE_USER and TSPLAY_STORE_PASSWORD';
  if (/authentication failed/.test(said)) return 'check TSPLAY_STORE_USER and its password';
  if (/permission denied/.test(said)) return 'the user needs a role that may read and write below the prefix';
  return undefined;
}

/** Why an endpoint gave no answer, from what Node says. */
export function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (Object.hasOwn(REASONS, code)) return REASONS[code]!;
  if (code.startsWith('HPE_')) return 'it speaks no HTTP';
  return /certificate required|bad certificate|handshake failure/i.test(message)
    ? 'it wants a certificate of ours (TSPLAY_STORE_CERT)'
    : message || code || 'no answer';
}

const UNKNOWN_CA = 'its certificate is of an authority that is not known (TSPLAY_STORE_CA)';

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'no route to it',
  ETIMEDOUT: 'no answer in time',
  ECONNRESET: 'it closed the connection; TLS (etcds://) on one side only?',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up now',
  EPROTO: 'it does not speak TLS, or another version of it',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_CA,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_CA,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_CA,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_CA,
};
