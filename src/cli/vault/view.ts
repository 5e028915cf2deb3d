import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { splitCommand } from '../../engine/modules/commands/shlex.ts';
import type { Env } from '../run/config.ts';
import { readingVault, type VaultWork } from './choose-secret.ts';
import { inFile } from './in-file.ts';
import { readInput } from './read-input.ts';

/** As Ansible tells less: no more than a page ends at once, colours stay, long lines are cut, the screen stays. */
const LESS = 'FRSX';

/** Shows files: in the user's pager on a terminal, else as they are. */
export async function viewFiles(work: VaultWork): Promise<void> {
  const vault = await readingVault(work);
  for (const path of work.options.words) {
    const content = await readInput(path);
    const { plaintext } = inFile(path, () => vault.open(content));
    if (!process.stdout.isTTY || !(await page(plaintext, work.env))) process.stdout.write(withNewline(plaintext));
  }
}

/** False if there is no pager. */
async function page(text: Uint8Array, env: Env): Promise<boolean> {
  const [program = 'less', ...args] = splitCommand(env['PAGER'] || 'less');
  const pager = spawn(program, args, { stdio: ['pipe', 'inherit', 'inherit'], env: { LESS, ...process.env } });
  // Who leaves a pager early closes the pipe.
  pager.stdin.on('error', () => undefined);
  pager.stdin.end(text);
  try {
    await once(pager, 'exit');
    return true;
  } catch {
    return false;
  }
}

function withNewline(text: Buffer): Buffer {
  return text.at(-1) === 10 ? text : Buffer.concat([text, Buffer.from('\n')]);
}
