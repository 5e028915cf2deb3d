#!/usr/bin/env node
import { VERSION } from './version.ts';

// The version and nothing else: the rest is loaded only when it is needed.
const [first] = process.argv.slice(2);
if (first === '--version' || first === '-V') process.stdout.write(`tsplay ${VERSION}\n`);
else {
  const { main } = await import('./dispatch.ts');
  process.exitCode = await main(process.argv.slice(2));
}
