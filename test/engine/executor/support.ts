import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseOptions } from '../../../src/cli/options.ts';
import { execute } from '../../../src/cli/run/execute.ts';
import { prepare } from '../../../src/cli/run/prepare.ts';
import { RUN_OPTIONS } from '../../../src/cli/run/run-options.ts';
import type { Event, Recap } from '../../../src/engine/model/event.ts';
import { AnsibleOutput } from '../../../src/engine/output/ansible/callback.ts';
import { loadPlaybook } from '../../../src/engine/playbook/playbook.ts';
import { pyStr } from '../../../src/engine/template/values.ts';

export interface Ran {
  readonly code: number;
  readonly events: readonly Event[];
  readonly recap: ReadonlyMap<string, Recap>;
  /** Lines of Ansible's default output, without blank ones and stars. */
  readonly lines: readonly string[];
  /** What the debugger asked, and said. */
  readonly questions: readonly string[];
  readonly spoken: readonly string[];
}

/** Runs a playbook over the local connection. Files are written below a folder of their own; `play.yml` is run. */
export async function runFiles(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  typed: readonly string[] = [],
): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-test-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return await runIn(folder, args, typed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runIn(folder: string, args: readonly string[], typed: readonly string[]): Promise<Ran> {
  const events: Event[] = [];
  const text: string[] = [];
  const sink = { out: (line: string) => void text.push(line), err: () => undefined, columns: undefined };
  const output = new AnsibleOutput(sink, { verbosity: 0, diff: args.includes('--diff') });
  const emit = (event: Event) => {
    events.push(event);
    output.handle(event);
  };
  const options = parseOptions(['-i', 'a,b,c,', '-c', 'local', ...args], RUN_OPTIONS);
  const path = join(folder, 'play.yml');
  const prepared = await prepare({ options, playbookDir: folder, emit });
  const talk = scripted(typed);
  const code = await execute(prepared, [{ path, plays: loadPlaybook(path, prepared.loader) }], {
    talker: talk.talker,
  });
  const end = events.find((event) => event.type === 'run-end');
  const lines = text
    .join('')
    .replaceAll(folder, '')
    .split('\n')
    .map((line) => line.replace(/ \*+$/, '').trimEnd())
    .filter((line) => line !== '');
  return { code, events, recap: end?.recap ?? new Map(), lines, questions: talk.questions, spoken: talk.spoken };
}

/** Somebody at the debugger who types these lines and then leaves. */
function scripted(typed: readonly string[]) {
  const questions: string[] = [];
  const spoken: string[] = [];
  const left = [...typed];
  const ask = async (question: string) => {
    questions.push(question);
    return left.shift();
  };
  return { questions, spoken, talker: { ask, say: (text: string) => void spoken.push(text), close: () => undefined } };
}

/** What `debug` printed, in order, with the host it was printed for. */
export function messages({ events }: Ran): string[] {
  return events.flatMap((event) => {
    if (event.type !== 'host-result' && event.type !== 'item-result') return [];
    const msg = event.task.action === 'debug' && event.status === 'ok' ? event.result.get('msg') : undefined;
    return msg === undefined || (event.type === 'host-result' && event.looped) ? [] : [`${event.host}: ${pyStr(msg)}`];
  });
}
