import { closeSync, openSync, writeSync } from 'node:fs';
import { userInfo } from 'node:os';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Emit } from '../../engine/model/event.ts';
import type { CallbackOptions } from '../../engine/output/ansible/options.ts';

/**
 * ANSIBLE_LOG_PATH: Ansible's lines, added to a file with time, process, user and level in front, as Ansible's own log
 * has them. Whoever may not read the output may not read the file: it is made for its owner alone.
 */
export async function logTo(
  { path, verbosity }: { readonly path: string; readonly verbosity: number },
  options: CallbackOptions,
): Promise<Emit> {
  const { AnsibleOutput } = await import('../../engine/output/ansible/callback.ts');
  const file = openLog(path);
  const write = (text: string, level: Level) => {
    const message = text.trim();
    if (message !== '') writeSync(file, `${prefix(level)}| ${message}\n`);
  };
  const sink = {
    out: (text: string) => write(text, levelOf(text)),
    err: (text: string) => write(text, levelOf(text)),
    columns: undefined,
  };
  const output = new AnsibleOutput(sink, { ...options, verbosity });
  let open = true;
  return (event) => {
    if (open) output.handle(event);
    if (event.type !== 'run-end' || !open) return;
    open = false;
    closeSync(file);
  };
}

type Level = 'INFO' | 'WARNING' | 'ERROR';

function openLog(path: string): number {
  try {
    return openSync(path, 'a', 0o600);
  } catch (cause) {
    throw new TsplayError('usage', `cannot write the log file ${path}: ${(cause as Error).message}`, {
      hint: 'correct ANSIBLE_LOG_PATH (log_path in ansible.cfg), or take it out',
      cause,
    });
  }
}

function levelOf(text: string): Level {
  if (/^\[(?:DEPRECATION )?WARNING\]/.test(text)) return 'WARNING';
  return /^(?:fatal|failed): \[/.test(text) ? 'ERROR' : 'INFO';
}

function prefix(level: Level): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(':');
  const millis = String(now.getMilliseconds()).padStart(3, '0');
  return `${day} ${time},${millis} p=${process.pid} u=${userInfo().username} n=ansible ${level}`;
}
