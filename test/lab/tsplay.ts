import { builtProgram } from './program.ts';
import { type Answer, run } from './run.ts';

/** Runs the built tsplay as a user does, in a pipe. */
export function tsplay(...args: string[]): Promise<Answer> {
  return run(process.execPath, [builtProgram(), ...args]);
}

/** The counts of each host in the recap: `{ host1: { ok: 3, changed: 0, ... } }`. */
export function recap(output: string): Record<string, Record<string, number>> {
  const lines =
    output
      .split('PLAY RECAP')
      .at(-1)
      ?.matchAll(/^(\S+)\s+: (.*)$/gm) ?? [];
  return Object.fromEntries(
    [...lines].map(([, host, counts]) => [
      host,
      Object.fromEntries([...(counts ?? '').matchAll(/(\w+)=(\d+)/g)].map(([, name, count]) => [name, Number(count)])),
    ]),
  );
}

/** The lines of the recap whose hosts were changed, as `[host, counts]`. */
export function changedHosts(output: string): [host: string, counts: Record<string, number>][] {
  return Object.entries(recap(output)).filter(([, { changed }]) => changed !== 0);
}
