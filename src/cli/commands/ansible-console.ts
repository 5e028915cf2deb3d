import { TsplayError } from '../../engine/model/errors.ts';
import type { Command } from '../command.ts';

/** There is no console; who calls it is told what does the same. */
export const ansibleConsole: Command = {
  summary: 'not supported: run modules one by one with `tsplay exec`',
  help: () => 'ansible-console is not supported; run modules one by one: tsplay exec PATTERN -m MODULE -a ARGS\n',
  async run() {
    throw new TsplayError('usage', 'ansible-console is not supported', {
      hint: 'run modules one by one: tsplay exec PATTERN -m MODULE -a ARGS',
    });
  },
};
