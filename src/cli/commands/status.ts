import { setTimeout as wait } from 'node:timers/promises';
import { Follower } from '../../engine/journal/story/follow.ts';
import { stagesOf } from '../../engine/journal/story/stages.ts';
import { stateDocument } from '../../engine/journal/story/state-json.ts';
import type { Story } from '../../engine/journal/story/types.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import { statusLines } from '../../engine/report/status-text.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { chosenRun } from '../journal/find.ts';
import { type OptionTable, optionHelp, parseOptions } from '../options.ts';
import { processTheme } from '../run/theme.ts';

const OPTIONS = {
  json: { help: 'the state as JSON: phases with their status and errors; with --watch a line each time it changes' },
  watch: { short: 'w', help: 'follow the run until it ends' },
} satisfies OptionTable;

/** Milliseconds between two looks at the journal. */
const INTERVAL = 500;

export const status: Command = {
  summary: 'how a run stands, phase by phase',
  help: () => `Usage: tsplay status [RUN] [OPTIONS]

Shows the phases of a run (the last one), or its plays where it has no phases: their state, times, results and errors.
The run may be going on in another terminal; its journal is only read.

${optionHelp(OPTIONS)}
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const [name, more] = options.words;
    if (more !== undefined) throw new TsplayError('usage', 'give one run', { hint: 'tsplay runs lists them' });
    const { state, id } = chosenRun(name);
    const follower = new Follower(state, id);
    const show = options.on('json') ? jsonLines(options.on('watch')) : screen();
    for (;;) {
      const story = follower.look();
      show(story);
      if (!options.on('watch') || story.state !== 'running') return EXIT.ok;
      await wait(INTERVAL);
    }
  },
};

function jsonLines(watching: boolean): (story: Story) => void {
  let shown = '';
  return (story) => {
    const { timestamp, ...document } = stateDocument(stagesOf(story), story.ended);
    const key = JSON.stringify(document);
    if (key === shown) return;
    shown = key;
    process.stdout.write(`${JSON.stringify({ timestamp, ...document }, undefined, watching ? undefined : 4)}\n`);
  };
}

/** On a terminal the next look takes the place of the last one; elsewhere it follows if anything but the time changed. */
function screen(): (story: Story) => void {
  const theme = processTheme();
  const { isTTY, columns = 100 } = process.stdout;
  let [height, shown] = [0, ''];
  return (story) => {
    const key = JSON.stringify([stateDocument(stagesOf(story), 0), story.state]);
    if (!isTTY && key === shown) return;
    const lines = statusLines(story, theme, Date.now(), isTTY ? columns - 1 : 200);
    const back = isTTY && height > 0 ? `\x1b[${height}A\x1b[J` : '';
    process.stdout.write(`${back}${lines.join('\n')}\n`);
    [height, shown] = [lines.length, key];
  };
}
