import { parseArgs } from 'node:util';
import { TsplayError } from '../engine/model/errors.ts';

/** One option of a command: how it is written, and what help says of it. */
export interface OptionSpec {
  readonly short?: string;
  /** Name of the value in help; absent for a switch. */
  readonly value?: string;
  /** May be given several times. */
  readonly many?: boolean;
  readonly help: string;
  /** Other spellings. */
  readonly aliases?: readonly string[];
  /** Known to Ansible, and not to us: refused with this reason. */
  readonly refused?: string;
}

/** The value of an option, or that a switch was given. */
export type Said = string | boolean;

export type OptionTable = Readonly<Record<string, OptionSpec>>;

export interface Parsed {
  readonly words: readonly string[];
  /** All that was said, by name. */
  readonly given: ReadonlyMap<string, readonly Said[]>;
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  on(name: string): boolean;
  /** How often a switch was given (`-vvv`). */
  count(name: string): number;
}

/** Reads a command line by its table. Throws TsplayError with what to do. */
export function parseOptions(args: readonly string[], table: OptionTable): Parsed {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string; multiple: true }> = {};
  const canonical = new Map<string, string>();
  for (const [name, spec] of Object.entries(table)) {
    for (const spelling of [name, ...(spec.aliases ?? [])]) {
      options[spelling] = { type: spec.value ? 'string' : 'boolean', multiple: true };
      canonical.set(spelling, name);
    }
    if (spec.short) options[name]!.short = spec.short;
  }
  const parsed = parseStrictly(args, options);
  const given = new Map<string, Said[]>();
  for (const [spelling, values] of Object.entries(parsed.values)) {
    const name = canonical.get(spelling) ?? spelling;
    given.set(name, [...(given.get(name) ?? []), ...(values as Said[])]);
  }
  for (const name of given.keys()) {
    const { refused } = table[name] ?? {};
    if (refused) throw new TsplayError('usage', `--${name} is not supported: ${refused}`);
  }
  return parsedOf(parsed.positionals, given);
}

/** What a command line says, from its parts. */
export function parsedOf(words: readonly string[], given: ReadonlyMap<string, readonly Said[]>): Parsed {
  return {
    words,
    given,
    text: (name) => given.get(name)?.at(-1) as string | undefined,
    list: (name) => (given.get(name) ?? []) as string[],
    on: (name) => given.has(name),
    count: (name) => given.get(name)?.length ?? 0,
  };
}

type Options = Record<string, { type: 'string' | 'boolean'; short?: string; multiple: true }>;

function parseStrictly(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: joined(args, options), options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = (error as Error).message.split('\n')[0]!.replace(/\. To specify a positional.*/, '');
    throw new TsplayError('option', message, { hint: 'see --help for the options', cause: error });
  }
}

/** A value that begins with a dash (`-l '-x'`, `--extra-vars -1`) belongs to its option, as in Python's argparse. */
function joined(args: readonly string[], options: Options): string[] {
  const taking = new Set(
    Object.entries(options).flatMap(([name, { type }]) => (type === 'string' ? [`--${name}`] : [])),
  );
  const result: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [word, next] = [args[i]!, args[i + 1]];
    if (taking.has(word) && next?.startsWith('-') && next !== '--') {
      result.push(`${word}=${next}`);
      i++;
    } else result.push(word);
  }
  return result;
}

/** The options as help shows them, one a line. */
export function optionHelp(table: OptionTable): string {
  const rows = Object.entries(table)
    .filter(([, spec]) => !spec.refused)
    .map(([name, spec]) => {
      const value = spec.value ? ` ${spec.value}` : '';
      return [`  ${spec.short ? `-${spec.short}, ` : '    '}--${name}${value}`, spec.help] as const;
    });
  const width = Math.min(34, Math.max(...rows.map(([left]) => left.length)) + 2);
  return rows
    .map(([left, help]) =>
      left.length < width ? `${left.padEnd(width)}${help}` : `${left}\n${' '.repeat(width)}${help}`,
    )
    .join('\n');
}
