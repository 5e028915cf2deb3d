import { mkdirSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { TsplayError } from '../../engine/model/errors.ts';
import { DEFAULT_ID } from '../../engine/vault/vault.ts';
import { readingVault, type VaultWork, writingSecret } from './choose-secret.ts';
import { edit } from './editor.ts';
import { seal } from './encrypt.ts';
import { inFile } from './in-file.ts';
import { readInput } from './read-input.ts';
import { realPath, writeOutput } from './write-output.ts';

/** Lets the user write a new file, which is encrypted when the editor ends. */
export async function createFile(work: VaultWork): Promise<void> {
  const { options, warn } = work;
  const secret = await writingSecret(work);
  const [path, ...more] = options.words;
  if (path === undefined || more.length > 0) {
    throw new TsplayError('usage', 'ansible-vault create can take only one filename argument');
  }
  if (!process.stdout.isTTY && !options.on('skip-tty-check')) {
    throw new TsplayError('usage', 'not a tty, editor cannot be opened');
  }
  const folder = dirname(path);
  if (!statSync(folder, { throwIfNoEntry: false })) {
    warn(`${folder} does not exist, creating...`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  if (statSync(path, { throwIfNoEntry: false })) {
    throw new TsplayError('vault', `${path} exists, please use 'edit' instead`);
  }
  const text = await edit(path, Buffer.alloc(0), work.env);
  save(path, undefined, seal(text, secret, work));
}

/** Lets the user edit encrypted files. Each keeps its secret, label, mode and owner, and is left alone if nothing changed. */
export async function editFiles(work: VaultWork): Promise<void> {
  const vault = await readingVault(work);
  for (const name of work.options.words) {
    const path = realPath(name);
    const before = await readInput(path);
    const { plaintext, secret, id } = inFile(path, () => vault.open(before));
    const sealing = { id: id ?? DEFAULT_ID, password: secret.password };
    // What cannot be encrypted again is told before anybody has edited it.
    inFile(path, () => seal(plaintext, sealing, work));
    const text = await edit(path, plaintext, work.env);
    if (!text.equals(plaintext)) save(path, before, seal(text, sealing, work));
  }
}

/** Somebody else may have saved it meanwhile. */
function refuseIfChanged(path: string, before: Buffer | undefined): void {
  const now = statSync(path, { throwIfNoEntry: false }) ? readFileSync(path) : undefined;
  if (before === undefined ? now === undefined : now?.equals(before)) return;
  throw new TsplayError('vault', `${path} was changed by somebody else while it was edited`);
}

/** What was typed is not lost where it cannot be saved: it is kept elsewhere, encrypted. */
function save(path: string, before: Buffer | undefined, ciphertext: string): void {
  try {
    refuseIfChanged(path, before);
    writeOutput(path, ciphertext, before === undefined ? {} : { like: statSync(path) });
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    const kept = join(mkdtempSync(join(tmpdir(), 'tsplay-vault-')), basename(path));
    writeOutput(kept, ciphertext);
    throw new TsplayError('vault', error.message, { hint: `what you wrote is in ${kept}, encrypted`, cause: error });
  }
}
