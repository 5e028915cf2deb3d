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
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Reached<T>>((resolve) => {
    timer = setTimeout(() => resolve({ error: 'no answer in time' }), seconds * 1000);
  });
  const answer = controller.reconnect().then(ask);
  try {
    return await Promise.race([answer.then((given) => ({ answer: given })), late]);
  } catch (error) {
    if (error instanceof TsplayError) return { error: error.message };
    throw error;
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined); // it may still fail later; that is then nobody's concern
  }
}
