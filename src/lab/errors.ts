import { TsplayError } from '../engine/model/errors.ts';

/** What went wrong with the lab, and what to do next. */
export function labError(message: string, hint?: string, cause?: unknown): TsplayError {
  return new TsplayError('usage', message, { hint, cause });
}

/** The `code` of a system error (`ENOENT`), if it is one. */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
