import { TsplayError } from '../../engine/model/errors.ts';
import type { Parsed } from '../options.ts';
import { prompt } from '../run/prompt.ts';
import { type VaultWork, writingSecret } from './choose-secret.ts';
import { sayDone, seal } from './encrypt.ts';
import { readInput } from './read-input.ts';
import { writeOutput } from './write-output.ts';

/** Columns by which the lines of a text are indented below its name. */
const INDENT = 10;

/** A text to encrypt. */
interface Plain {
  readonly text: Buffer;
  /** Where it is from, for who gave several. */
  readonly from: 'stdin' | 'the command line args' | 'the interactive prompt';
  readonly name: string | undefined;
}

/** Encrypts texts, and writes them as YAML to be pasted into a file of variables. */
export async function encryptString(work: VaultWork): Promise<void> {
  const { options } = work;
  const reads = readsInput(options);
  if (options.on('prompt') && reads) {
    throw new TsplayError('usage', 'The --prompt option is not supported if also reading input from stdin');
  }
  const secret = await writingSecret(work);
  const texts = [
    ...(options.on('prompt') ? [await askText(options)] : []),
    ...(reads ? [await readText(options)] : []),
    ...textsOfArguments(options),
  ];
  const written = texts.map(({ text, from, name }, index) => {
    const yaml = asYaml(name, seal(text, secret, work));
    if (texts.length > 1) process.stderr.write(heading(index + 1, from, name));
    return yaml;
  });
  writeOutput(options.text('output') ?? '-', written.join(''));
  sayDone('Encryption successful');
}

function readsInput(options: Parsed): boolean {
  const { words } = options;
  return words.includes('-') || (words.length === 0 && !options.on('prompt')) || options.on('stdin-name');
}

async function askText(options: Parsed): Promise<Plain> {
  const name = await prompt('Variable name (enter for no name): ', { echo: true });
  const shown = options.on('show-input');
  const text = await prompt(shown ? 'String to encrypt:' : 'String to encrypt (hidden): ', { echo: shown });
  if (text === '') {
    throw new TsplayError('usage', 'The plaintext provided from the prompt was empty, not encrypting');
  }
  return { text: Buffer.from(text), from: 'the interactive prompt', name: name || undefined };
}

async function readText(options: Parsed): Promise<Plain> {
  if (process.stdin.isTTY) {
    process.stderr.write(
      'Reading plaintext input from stdin. (ctrl-d to end input, twice if your content does not already have a newline)\n',
    );
  }
  const text = await readInput('-');
  if (text.length === 0) throw new TsplayError('usage', 'stdin was empty, not encrypting');
  return { text, from: 'stdin', name: options.text('stdin-name') };
}

/** The first text gets the first name, and so on; what is left has none. */
function textsOfArguments(options: Parsed): Plain[] {
  const names = options.list('name');
  const words = options.words.filter((word) => word !== '-');
  if (names.length > 0 && words.length > names.length) {
    process.stderr.write(
      `The number of --name options do not match the number of args.\nThe last named variable will be "${names.at(-1)}". The rest will not have names.\n`,
    );
  }
  if (words.includes('')) {
    throw new TsplayError('usage', 'The plaintext provided from the command line args was empty, not encrypting');
  }
  return words.map((word, index) => ({ text: Buffer.from(word), from: 'the command line args', name: names[index] }));
}

function asYaml(name: string | undefined, ciphertext: string): string {
  const lines = ciphertext.trimEnd().split('\n');
  const start = name === undefined ? '!vault |' : `${name}: !vault |`;
  return [start, ...lines.map((line) => ' '.repeat(INDENT) + line), ''].join('\n');
}

function heading(number: number, from: Plain['from'], name: string | undefined): string {
  if (name !== undefined)
    return `# The encrypted version of variable ("${name}", the string #${number} from ${from}).\n`;
  return `# The encrypted version of the string #${number} from ${from}.)\n`;
}
