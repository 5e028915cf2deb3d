// Writes docs/lint.md from the rules of src/engine/lint; with --check it only says whether the page is out of date.
import { loadSource } from './load-source.mjs';
import { table, writePage } from './pages.mjs';

function page(rules) {
  const rows = rules.map(({ name, severity, docs }) => [`[${name}](#${name})`, severity, firstSentence(docs.what)]);
  return `<!-- made from src/engine/lint/rules by scripts/lint-docs.mjs -->
# Lint

\`tsplay lint roles playbooks\` reads playbooks, roles, files of tasks, variables, templates and inventories, and tells every
mistake that can be known without a host. Nothing in them is run or evaluated. Inventories are read when they are named.

- The exit code is 2 if there is an error, with \`--strict\` also if there is a warning, else 0.
- \`--format github\` marks the lines of a pull request, \`--format json\` is for programs.
- \`--rules NAMES\` applies only these rules, \`--skip-rules NAMES\` all but these.
- A comment \`# noqa: RULE\` at the end of a line (\`{# noqa: RULE #}\` in a template) silences a rule there.

${table(['rule', 'severity', 'tells'], rows)}
${rules.map(section).join('\n')}`;
}

function firstSentence(text) {
  return text.split(/(?<=[.:]) (?=[A-Z])/)[0];
}

function section({ name, severity, optional, docs }) {
  return `## ${name}

${docs.what}

${docs.why} It is ${severity === 'error' ? 'an error' : 'a warning'}${optional ? `, and told only with \`--rules ${name}\`` : ''}.

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

const { RULES } = await loadSource('src/engine/lint/rules/index.ts');
writePage('docs/lint.md', page(RULES));
