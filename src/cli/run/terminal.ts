import { setTimeout as wait } from 'node:timers/promises';
import type { RunContext } from '../../engine/executor/context.ts';
import type { Output } from './output.ts';
import { prompt } from './prompt.ts';

/** Asks whoever sits there. Without a terminal nobody does: the answer is empty, after as long as it was to be waited for. */
export function terminalOf(output: Output, warn: (message: string) => void): Omit<RunContext['terminal'], 'converse'> {
  return {
    interactive: process.stdin.isTTY === true,
    prompt: async (question, how) => {
      if (process.stdin.isTTY) return output.aside(() => prompt(question, how));
      if (how.seconds === undefined) warn('Not waiting for response to prompt as stdin is not interactive');
      else await wait(how.seconds * 1000);
      return '';
    },
  };
}
