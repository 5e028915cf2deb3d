import { readFileSync } from 'node:fs';
import { TsplayError } from '../../engine/model/errors.ts';

/** The content of a file, or of standard input for `-`. Throws TsplayError. */
export async function readInput(path: string): Promise<Buffer> {
  try {
    return path === '-' ? await readStandardInput() : readFileSync(path);
  } catch (cause) {
    throw new TsplayError('vault', `Unable to read source file (${path}): ${(cause as Error).message}`, { cause });
  }
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
