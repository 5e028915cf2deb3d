import { encrypt, type VaultSecret } from '../../engine/vault/vault.ts';
import { readingVault, type VaultWork, writingSecret } from './choose-secret.ts';
import { inFile } from './in-file.ts';
import { readInput } from './read-input.ts';
import { realPath, writeOutput } from './write-output.ts';

/** Encrypts files in their places, or what comes in on standard input. */
export async function encryptFiles(work: VaultWork): Promise<void> {
  const secret = await writingSecret(work);
  const { options } = work;
  sayWhatIsRead(options.words, 'plaintext');
  for (const path of inputs(options.words)) {
    const content = await readInput(path);
    const ciphertext = inFile(path, () => seal(content, secret, work));
    const output = options.text('output') ?? path;
    writeOutput(output, ciphertext, { forget: realPath(output) === realPath(path) });
  }
  sayDone('Encryption successful');
}

/** Decrypts files in their places, or what comes in on standard input. */
export async function decryptFiles(work: VaultWork): Promise<void> {
  const vault = await readingVault(work);
  const { options } = work;
  sayWhatIsRead(options.words, 'ciphertext');
  for (const path of inputs(options.words)) {
    const content = await readInput(path);
    const { plaintext } = inFile(path, () => vault.open(content));
    writeOutput(options.text('output') ?? path, plaintext);
  }
  sayDone('Decryption successful');
}

/** Content for a file, under the label of its secret. */
export function seal(plaintext: Uint8Array, { id, password }: VaultSecret, { settings }: VaultWork): string {
  return encrypt(plaintext, password, { id, salt: settings.salt });
}

function inputs(words: readonly string[]): readonly string[] {
  return words.length > 0 ? words : ['-'];
}

function sayWhatIsRead(words: readonly string[], what: string): void {
  if (words.length === 0 && process.stdin.isTTY) process.stderr.write(`Reading ${what} input from stdin\n`);
}

/** Only to people: a program looks at the exit code. */
export function sayDone(text: string): void {
  if (process.stdout.isTTY) process.stderr.write(`${text}\n`);
}
