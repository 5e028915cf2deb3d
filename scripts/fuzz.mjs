// Reads texts that were made wrong: scripts/fuzz.mjs COUNT [--seed SEED] [--case INDEX]. Says what crashed or hung.
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { loadSource } from './load-source.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, case: { type: 'string' } },
});
const seed = Number(values.seed ?? randomInt(2 ** 31));
const folder = mkdtempSync('node_modules/.fuzz-');
const program = resolve(folder, 'worker.mjs');
try {
  await build({
    entryPoints: ['test/fuzz/worker.ts'],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
  process.exitCode =
    values.case === undefined ? await run(Number(positionals[0] ?? 10_000)) : await one(Number(values.case));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(count) {
  const { watch } = await loadSource('test/fuzz/watch.ts');
  console.log(`seed ${seed}`);
  const started = Date.now();
  const onProgress = (index) => process.stdout.isTTY && process.stdout.write(`\r${index} of ${count}`);
  const crashes = await watch({ program, seed, count, patience: 20_000, onProgress });
  for (const { index, problem } of crashes) console.log(`\n--case ${index}: ${problem}`);
  console.log(`\n${count} cases, ${crashes.length} crashed or hung, ${Math.round((Date.now() - started) / 1000)} s`);
  return crashes.length > 0 ? 1 : 0;
}

/** Reads one case in this process, so that a debugger sees it; its content is printed first. */
async function one(index) {
  const { caseOf, prepare, tryCase, numbersOf } = await loadSource('test/fuzz/worker.ts');
  const found = caseOf(numbersOf(seed, index));
  console.log(`${found.target.name} ${found.file}\n${found.content}`);
  prepare(found.target, folder);
  const problem = await tryCase(found, folder);
  console.log(problem ?? 'read or refused');
  return problem === undefined ? 0 : 1;
}
