import { statSync } from 'node:fs';
import { encrypt } from '../../engine/vault/vault.ts';
import { newSecret, readingVault, type VaultWork } from './choose-secret.ts';
import { inFile } from './in-file.ts';
import { readInput } from './read-input.ts';
import { writeOutput } from './write-output.ts';

/** Encrypts files anew with another secret; they keep mode and owner. */
export async function rekeyFiles(work: VaultWork): Promise<void> {
  const vault = await readingVault(work);
  const { id, password } = await newSecret(work);
  for (const path of work.options.words) {
    const content = await readInput(path);
    const { plaintext } = inFile(path, () => vault.open(content));
    writeOutput(path, encrypt(plaintext, password, { id, salt: work.settings.salt }), { like: statSync(path) });
  }
  process.stderr.write('Rekey successful\n');
}
