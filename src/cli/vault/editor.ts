import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { TsplayError } from '../../engine/model/errors.ts';
import { splitCommand } from '../../engine/modules/commands/shlex.ts';
import type { Env } from '../run/config.ts';
import { makePrivateCopy, type PrivateCopy, privateFolders } from './private-copy.ts';

/** Lets the user edit a text. The plaintext is gone when this returns or throws, and when a signal ends the program. */
export async function edit(name: string, content: Uint8Array, env: Env): Promise<Buffer> {
  const copy = makePrivateCopy(name, content, privateFolders(env));
  const editor: { child?: ChildProcess } = {};
  const release = destroyOnSignals(copy, editor);
  try {
    await runEditor(splitCommand(env['EDITOR'] || 'vi'), copy.path, editor);
    return copy.read();
  } finally {
    release();
    copy.destroy();
  }
}

function runEditor(command: readonly string[], path: string, editor: { child?: ChildProcess }): Promise<void> {
  const [program = 'vi', ...args] = command;
  const child = spawn(program, [...args, path], { stdio: 'inherit' });
  editor.child = child;
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      const message = `Unable to execute the command "${[...command, path].join(' ')}": ${cause.message}`;
      reject(new TsplayError('vault', message, { hint: 'name an editor in EDITOR', cause }));
    });
    child.once('exit', (code, signal) => {
      if (code === 0) return resolve();
      const how = code === null ? `was ended by ${signal}` : `ended with ${code}`;
      reject(new TsplayError('vault', `the editor ${how}: nothing was saved`));
    });
  });
}

/** Ctrl-C belongs to the editor, as whatever else is typed; the other signals end it and this program. */
function destroyOnSignals(copy: PrivateCopy, editor: { child?: ChildProcess }): () => void {
  const ignore = () => undefined;
  const end = (signal: NodeJS.Signals) => {
    copy.destroy();
    editor.child?.kill(signal);
    process.exit(128 + constants.signals[signal]);
  };
  const destroy = () => copy.destroy();
  process.on('SIGINT', ignore);
  process.on('SIGTERM', end).on('SIGHUP', end).on('SIGQUIT', end).on('exit', destroy);
  return () => {
    process.off('SIGINT', ignore);
    process.off('SIGTERM', end).off('SIGHUP', end).off('SIGQUIT', end).off('exit', destroy);
  };
}
