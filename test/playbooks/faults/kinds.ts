import type { ChildProcess } from 'node:child_process';
import type { TestLab } from '../../lab/on-lab.ts';

export const KINDS = ['controller', 'host', 'network'] as const;
export type Kind = (typeof KINDS)[number];

/** What goes wrong, and how it is mended before the run goes on. */
export interface Fault {
  strike(controller: ChildProcess): Promise<void>;
  mend(): Promise<void>;
}

export function faultOf(kind: Kind, lab: TestLab, host: string): Fault {
  if (kind === 'host') return { strike: () => lab.kill(host), mend: () => lab.boot(host) };
  if (kind === 'network') return { strike: () => lab.cut(host), mend: () => lab.mend(host) };
  return { strike: async (controller) => void controller.kill('SIGKILL'), mend: async () => {} };
}
