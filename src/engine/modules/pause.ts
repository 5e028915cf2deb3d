import { TsplayError } from '../model/errors.ts';
import type { Value } from '../model/value.ts';
import { makeFloat, pyStr } from '../template/values.ts';
import { convert, pythonType } from './args/convert.ts';
import { timeText } from './commands/output.ts';
import { defineModule } from './define.ts';
import type { Controller } from './types.ts';

export const pause = defineModule({
  name: 'pause',
  collection: 'ansible.builtin',
  summary: 'Wait for a time, or for somebody to press a key',
  controllerOnly: true,
  runOnce: true,
  args: {
    seconds: { type: 'raw', doc: 'Time to wait.' },
    minutes: { type: 'raw', doc: 'Time to wait.' },
    prompt: { type: 'str', doc: 'Question to ask.' },
    echo: { type: 'bool', default: true, doc: 'Show what is typed.' },
  },
  rules: { mutuallyExclusive: [['minutes', 'seconds']] },
  async prepare(controller, args) {
    const duration = durationOf(args);
    const start = Date.now() / 1000;
    const input = await wait(controller, duration, args);
    return { input, start, stop: Date.now() / 1000 };
  },
  plan(args, _before, inputs) {
    const { start, stop, input } = inputs;
    const unit = args.minutes === null ? 'seconds' : 'minutes';
    const spent = (stop - start) / (unit === 'minutes' ? 60 : 1);
    return {
      changes: [],
      result: {
        stdout: `Paused for ${pyStr(makeFloat(Math.round(spent * 100) / 100))} ${unit}`,
        stderr: '',
        rc: 0,
        start: timeText(start),
        stop: timeText(stop),
        delta: Math.floor(stop - start),
        echo: args.echo,
        user_input: input,
      },
    };
  },
  examples: '- pause: {seconds: 5}\n- pause: {prompt: "Is the disk in?"}',
});

/** Seconds to wait; undefined for no limit. Nobody means less than a second by a pause. */
function durationOf({ seconds, minutes }: { seconds: Value; minutes: Value }): number | undefined {
  if (minutes !== null) return Math.max(1, wholeOf('minutes', minutes) * 60);
  return seconds === null ? undefined : Math.max(1, wholeOf('seconds', seconds));
}

/** A whole number, or one with a fraction, which is cut off. */
function wholeOf(name: string, value: Value): number {
  if (typeof value === 'number') return Math.trunc(value);
  try {
    return Number(convert('int', value));
  } catch (error) {
    throw new TsplayError(
      'module',
      `argument '${name}' is of type ${pythonType(value)} and we were unable to convert to int: ${(error as Error).message}`,
    );
  }
}

async function wait(
  controller: Controller,
  seconds: number | undefined,
  { prompt, echo }: { prompt: string | null; echo: boolean },
): Promise<string> {
  if (seconds !== undefined && prompt === null) {
    await controller.sleep(seconds);
    return '';
  }
  const question = prompt ?? 'Press enter to continue, Ctrl+C to interrupt';
  return controller.prompt(question, seconds === undefined ? { echo } : { echo, seconds });
}
