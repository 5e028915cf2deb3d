#!/usr/bin/env node
import { basename } from 'node:path';
import { VERSION } from './version.ts';

// The version and nothing else: the rest is loaded only when it is needed.
const [, program = '', first] = process.argv;
const isOwn = !basename(program).startsWith('ansible');
if (isOwn && (first === '--version' || first === '-V')) process.stdout.write(`tsplay ${VERSION}\n`);
else {
  const { main, wordsOf } = await import('./dispatch.ts');
  process.exitCode = await main(wordsOf(process.argv));
}
