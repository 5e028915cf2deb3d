import { TsplayError } from '../../model/errors.ts';
import type { HostView } from '../../remote/types.ts';
import type { Controller } from '../types.ts';

export type Reached<T> = { readonly answer: T } | { readonly error: string };

/** Connects anew and asks something; an error if the host cannot be reached or does not answer within so many seconds. */
export async function reach<T>(
  controller: Controller,
  seconds: number,
  ask: (host: HostView) => Promise<T>,
): Promise<Reached<T>> {
  const late = controller.sleep(seconds).then(() => ({ error: 'no answer in time' }));
  const answer = controller.reconnect().then(ask);
  try {
    return await Promise.race([answer.then((given) => ({ answer: given })), late]);
  } catch (error) {
    if (error instanceof TsplayError) return { error: error.message };
    throw error;
  } finally {
    // The loser may still fail later; that is then nobody's concern.
    answer.catch(() => undefined);
    late.catch(() => undefined);
  }
}
