// Writes docs/lint.md from the rules of src/engine/lint; with --check it only says whether the page is out of date.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const PAGE = 'docs/lint.md';

function page(rules) {
  const rows = rules.map(
    ({ name, severity, docs }) => `| [${name}](#${name}) | ${severity} | ${firstSentence(docs.what)} |`,
  );
  return `<!-- made from src/engine/lint/rules by scripts/lint-docs.mjs -->
# Lint

\`tsplay lint roles playbooks\` reads playbooks, roles, files of tasks, variables, templates and inventories, and tells every
mistake that can be known without a host. Nothing in them is run or evaluated. Inventories are read when they are named.

- The exit code is 2 if there is an error, with \`--strict\` also if there is a warning, else 0.
- \`--format github\` marks the lines of a pull request, \`--format json\` is for programs.
- \`--rules NAMES\` applies only these rules, \`--skip-rules NAMES\` all but these.
- A comment \`# noqa: RULE\` at the end of a line (\`{# noqa: RULE #}\` in a template) silences a rule there.

| rule | severity | tells |
|---|---|---|
${rows.join('\n')}

${rules.map(section).join('\n')}`;
}

function firstSentence(text) {
  return text.split(/(?<=[.:]) (?=[A-Z])/)[0].replaceAll('|', '\\|');
}

function section({ name, severity, docs }) {
  return `## ${name}

${docs.what}

${docs.why} It is ${severity === 'error' ? 'an error' : 'a warning'}.

Wrong:

\`\`\`yaml
${docs.bad}
\`\`\`

Right:

\`\`\`yaml
${docs.good}
\`\`\`
`;
}

const { outputFiles } = await build({
  entryPoints: ['src/engine/lint/rules/index.ts'],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  outdir: 'unused',
});
// The rules import packages, which are found from inside the project only.
const bundled = new URL(`../node_modules/.lint-rules-${process.pid}.mjs`, import.meta.url);
writeFileSync(bundled, outputFiles[0].contents);
const { RULES } = await import(bundled).finally(() => rmSync(bundled));
const text = page(RULES);
if (!process.argv.includes('--check')) writeFileSync(PAGE, text);
else if (!existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== text) {
  console.error(`${PAGE} is out of date: run node scripts/lint-docs.mjs`);
  process.exitCode = 1;
}
