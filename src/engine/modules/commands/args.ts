import type { ArgSpec } from '../types.ts';

/** What says where and whether a command runs. */
export const guardArgs = {
  chdir: { type: 'path', doc: 'Folder to run it in.' },
  creates: { type: 'path', doc: 'Path or pattern: if it is there, the command does not run.' },
  removes: { type: 'path', doc: 'Path or pattern: if it is not there, the command does not run.' },
} as const satisfies Record<string, ArgSpec>;

/** Arguments that `command` and `shell` share. */
export const commandArgs = {
  ...guardArgs,
  _raw_params: { type: 'str', aliases: ['cmd'], doc: 'The command; also written `cmd`.' },
  executable: { type: 'str', doc: 'Shell to run it with.' },
  stdin: { type: 'str', doc: 'Text for its standard input.' },
  stdin_add_newline: { type: 'bool', default: true, doc: 'End that text with a newline.' },
  strip_empty_ends: { type: 'bool', default: true, doc: 'Drop empty lines from the end of its output.' },
} as const satisfies Record<string, ArgSpec>;
