import { splitWords } from '../../words.ts';

/** What ssh's command line says: options in the order given (the first of a name counts), and the file of `-F`. */
export interface SshArgs {
  readonly options: readonly (readonly [string, string])[];
  readonly configFile?: string;
  /** Options that mean nothing here. */
  readonly unknown: readonly string[];
  /** Words that are no options: ssh would take the first for the host. */
  readonly stray: readonly string[];
}

/** Letters that take a value, and the option they stand for. */
const VALUED: Readonly<Record<string, string>> = {
  i: 'identityfile',
  J: 'proxyjump',
  p: 'port',
  l: 'user',
  b: 'bindaddress',
  c: 'ciphers',
  m: 'macs',
};

/** Letters alone. Quiet, verbose, terminal and background flags are about ssh's own process. */
const PLAIN: Readonly<Record<string, readonly [string, string] | undefined>> = {
  A: ['forwardagent', 'yes'],
  a: ['forwardagent', 'no'],
  C: ['compression', 'yes'],
  '4': ['addressfamily', 'inet'],
  '6': ['addressfamily', 'inet6'],
};
const SILENT = new Set('qvtTnNfxk');
const SILENT_VALUED = new Set('SE');

/** Reads ssh options as text, as `ansible_ssh_common_args` holds them. */
export function parseSshArgs(texts: readonly string[]): SshArgs {
  const words = texts.flatMap(splitWords);
  const options: [string, string][] = [];
  const unknown: string[] = [];
  const stray: string[] = [];
  let configFile: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string;
    if (!word.startsWith('-') || word.length < 2) {
      stray.push(word);
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word[at] as string;
      const plain = PLAIN[letter];
      if (plain) options.push([...plain]);
      if (plain || SILENT.has(letter)) continue;
      const value = word.slice(at + 1) || (words[++index] ?? '');
      if (letter === 'F') configFile ??= value;
      else if (letter === 'o') options.push(splitOption(value));
      else if (VALUED[letter]) options.push([VALUED[letter], value]);
      else if (!SILENT_VALUED.has(letter)) unknown.push(`-${letter}`);
      break;
    }
  }
  return { options, unknown, stray, ...(configFile !== undefined && { configFile }) };
}

/** `Key=value`, `Key value`, `Key = "value"`: the key in lower case. */
export function splitOption(text: string): [string, string] {
  const match = /^\s*([^\s=]+)(?:\s*=\s*|\s+)?([\s\S]*)$/.exec(text);
  return [(match?.[1] ?? '').toLowerCase(), (match?.[2] ?? '').trim()];
}
