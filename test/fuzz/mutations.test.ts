import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { prepare, TARGETS } from './targets.ts';
import { watch } from './watch.ts';

let folder: string;
let program: string;

/** The worker as one file, beside node_modules, so that packages are found. */
beforeAll(async () => {
  folder = mkdtempSync('node_modules/.fuzz-');
  program = resolve(folder, 'worker.mjs');
  await build({
    entryPoints: ['test/fuzz/worker.ts'],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['the same cases as ever', 1, 8000],
  ['other cases in each run', randomInt(2 ** 31), 2000],
])(
  'what is wrong is read or refused: %s (seed %i)',
  async (_name, seed, count) => {
    // Repeat one with `node scripts/fuzz.mjs --seed SEED --case INDEX`.
    expect(await watch({ program, seed, count, patience: 20_000 })).toEqual([]);
  },
  600_000,
);

test.each(TARGETS.map((target) => [target.name, target] as const))(
  '%s is right before it is changed',
  async (_name, target) => {
    const here = mkdtempSync(join(folder, 'right-'));
    prepare(target, here);
    for (const file of Object.keys(target.files)) await target.read(here, file);
  },
);
