import { Foreseen } from '../remote/foreseen.ts';
import type { RunContext } from './context.ts';

/** What check mode foretells of a host. */
export function foreseenOn({ foreseen }: Pick<RunContext, 'foreseen'>, host: string): Foreseen {
  const known = foreseen.get(host) ?? new Foreseen();
  foreseen.set(host, known);
  return known;
}
