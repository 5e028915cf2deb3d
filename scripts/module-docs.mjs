// Writes docs/modules/ from the modules' own definitions; with --check it only says which pages are out of date.
import { loadSource } from './load-source.mjs';
import { table, writePages } from './pages.mjs';

const MADE = '<!-- made from src/engine/modules by scripts/module-docs.mjs -->\n';

/** Everything a definition has about one argument, as the cells of a row; members of a dict follow, indented. */
function rows(args, depth = 0) {
  return Object.entries(args).flatMap(([name, spec]) => [
    [`${'&emsp;'.repeat(depth)}\`${name}\``, type(spec), fallback(spec), meaning(spec)],
    ...rows(spec.options ?? {}, depth + 1),
  ]);
}

function type({ type: name, elements }) {
  return elements ? `${name} of ${elements}` : name;
}

function fallback(spec) {
  if (spec.required) return 'required';
  return spec.default === undefined || spec.default === null ? '' : `\`${literal(spec.default)}\``;
}

function meaning({ doc, choices = [], aliases = [], noLog }) {
  const notes = [
    doc,
    choices.length > 0 && `One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.`,
    aliases.length > 0 && `Also ${aliases.map((alias) => `\`${alias}\``).join(', ')}.`,
    noLog && 'Kept secret.',
  ];
  return notes.filter(Boolean).join(' ');
}

function literal(value) {
  return value instanceof Map ? JSON.stringify(Object.fromEntries(value)) : JSON.stringify(value);
}

/** The rules between arguments, a sentence each. */
function ruleLines({
  mutuallyExclusive = [],
  requiredTogether = [],
  requiredOneOf = [],
  requiredIf = [],
  requiredBy = {},
}) {
  const words = (names, last) => names.map((name) => `\`${name}\``).join(` ${last} `);
  return [
    ...mutuallyExclusive.map((names) => `Only one of ${words(names, 'and')} may be given.`),
    ...requiredTogether.map((names) => `${words(names, 'and')} go together.`),
    ...requiredOneOf.map((names) => `One of ${words(names, 'or')} must be given.`),
    ...requiredIf.map(([name, value, others, any]) => {
      return `Where \`${name}\` is \`${literal(value)}\`, ${words(others, any ? 'or' : 'and')} must be given.`;
    }),
    ...Object.entries(requiredBy).map(([name, others]) => `\`${name}\` needs ${words(others, 'and')}.`),
  ];
}

function page({ entry, definition }) {
  const { name, aliases = [], freeForm } = entry;
  const { collection, summary, args, rules = {}, openArgs, examples } = definition;
  const other = aliases.length > 0 ? ` Also ${aliases.map((alias) => `\`${alias}\``).join(', ')}.` : '';
  const free = { command: 'The command stands after its name, or in `cmd` or `argv`.', text: 'Takes plain text too.' }[
    freeForm
  ];
  const argRows = rows(args);
  const lines = ruleLines(rules);
  return [
    `${MADE}# ${name}\n`,
    `${summary}.\n`,
    `Full name: \`${collection}.${name}\`.${other}${free ? ` ${free}` : ''}${openArgs ? ' Takes any argument.' : ''}\n`,
    argRows.length > 0 && `${table(['argument', 'type', 'default', 'meaning'], argRows)}`,
    lines.length > 0 && lines.map((line) => `- ${line}\n`).join(''),
    examples && `\`\`\`yaml\n${examples.trim()}\n\`\`\`\n`,
  ]
    .filter(Boolean)
    .join('\n');
}

function overview(modules) {
  const list = modules.map(({ entry, definition }) => {
    return [`[${entry.name}](${entry.name}.md)`, `\`${definition.collection}\``, definition.summary];
  });
  return `${MADE}# Modules\n\n${table(['module', 'collection', 'does'], list)}`;
}

const { moduleTable } = await loadSource('src/engine/modules/index.ts');
const modules = await Promise.all(moduleTable.map(async (entry) => ({ entry, definition: await entry.load() })));
const pages = modules.map((module) => [`${module.entry.name}.md`, page(module)]);
writePages('docs/modules', new Map([['README.md', overview(modules)], ...pages]));
