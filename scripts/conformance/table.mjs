// Writes the results of ansible-core's integration targets into docs/compatibility.md.
//   node scripts/conformance/table.mjs RESULTS
// RESULTS is what the run printed: a line for each target (name, pass or fail, seconds, steps of the control's steps,
// reason) and its totals. Why a target fails is said in why.json; one without a reason is an error.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [, , results] = process.argv;
if (!results) {
  process.stderr.write('which results? node scripts/conformance/table.mjs RESULTS\n');
  process.exit(2);
}
const page = fileURLToPath(new URL('../../docs/compatibility.md', import.meta.url));
const why = JSON.parse(readFileSync(new URL('why.json', import.meta.url), 'utf8'));
const [begin, end] = ['<!-- results: begin -->', '<!-- results: end -->'];

const lines = readFileSync(results, 'utf8').split('\n');
const targets = lines.flatMap((line) => {
  const [, name, result, done, all] = /^(\S+)\s+(pass|fail)\s+\d+s\s+(\d+)\/(\d+)/.exec(line) ?? [];
  return name === undefined ? [] : [{ name, passes: result === 'pass', steps: `${done} of ${all}` }];
});
const [, passed, total, share] =
  /^SCORE \S+ (\d+) of the (\d+) targets.*\(([\d.]+)%\)/m.exec(lines.join('\n')) ?? fail('there is no total');
const needsPython = new Set(why.python);
const failing = targets.filter(({ name, passes }) => !passes && !needsPython.has(name));
for (const { name } of failing) if (!(name in why.targets)) fail(`why.json does not say why ${name} fails`);

const table = [
  begin,
  `ansible-core 2.18's own integration targets run against real hosts, with ansible-core itself as the control: **${passed} of the`,
  `${total} targets** pass that ansible-core passes there and that need no plugin in Python, and **${share}% of their steps** (tasks that`,
  'ended well, and calls that ended with the same exit code, up to the first that did not). Those that fail:',
  '',
  '| target | steps | why |',
  '|---|---|---|',
  ...failing.map(({ name, steps }) => `| ${name} | ${steps} | ${why.targets[name]} |`),
  '',
  `Targets that load plugins or modules written in Python for Ansible are left out: ${why.python.join(', ')}.`,
  end,
].join('\n');

const text = readFileSync(page, 'utf8');
const [before, rest] = text.split(begin);
const after = rest?.split(end)[1] ?? fail(`docs/compatibility.md has no place for the table (${begin})`);
writeFileSync(page, `${before}${table}${after}`);

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
