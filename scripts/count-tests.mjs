// Says in one line how many tests ran, from Jest's results. Fails where a skipped test is an error.
import { readFileSync } from 'node:fs';

const results = JSON.parse(readFileSync(process.argv[2], 'utf8') || '{}');
const { numPassedTests: passed = 0, numFailedTests: failed = 0, numPendingTests: skipped = 0 } = results;
console.log(`${passed + failed} tests ran: ${passed} passed, ${failed} failed; ${skipped} skipped`);
if (passed === 0 || (skipped > 0 && process.env.TSPLAY_REQUIRE_LAB === '1')) process.exitCode = 1;
