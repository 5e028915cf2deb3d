// Writes docs/keywords.md and docs/templates.md from the engine's tables; with --check it only says which are out of date.
import { loadSource } from './load-source.mjs';
import { table, writePage } from './pages.mjs';

/** The engine's owners of keywords, as a reader knows them. */
const OWNERS = [
  ['Plays', 'Play'],
  ['Tasks and handlers', 'Task'],
  ['Handlers alone', 'Handler'],
  ['Blocks', 'Block'],
  ['Roles of a play', 'Role'],
  ['Imports of playbooks', 'PlaybookInclude'],
  ['Includes and imports of tasks', 'TaskInclude'],
  ['Includes and imports of roles', 'IncludeRole'],
  ['loop_control', 'LoopControl'],
  ['retry', 'Retry'],
  ['phase', 'Phase'],
  ['quorum', 'Quorum'],
  ['serial_health', 'SerialHealth'],
  ['meta/main.yml of a role', 'RoleMetadata'],
];

function keywordPage({ KEYWORDS }) {
  const sections = OWNERS.map(([title, owner]) => {
    const specs = KEYWORDS.filter(({ on }) => on.includes(owner) && !(owner === 'Handler' && on.includes('Task')));
    return `## ${title}\n\n${table(['keyword', 'meaning'], specs.map(keywordRow))}`;
  });
  return [
    '<!-- made from src/engine/playbook/keywords.ts by scripts/language-docs.mjs -->\n# Keywords\n',
    'Where each keyword may stand. Elsewhere it is an error, with its place.\n',
    sections.join('\n'),
  ].join('\n');
}

function keywordRow({ name, doc, choices }) {
  return [`\`${name}\``, choices ? `${doc} One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.` : doc];
}

function templatePage({ FILTER_FILES }, { TEST_FILES }, { LOOKUP_FILES }) {
  const section = (title, files) => {
    const names = [...new Set(files.flatMap(Object.keys))].sort();
    return `## ${title}\n\n${names.map((name) => `\`${name}\``).join(', ')}\n`;
  };
  return [
    '<!-- made from src/engine/template by scripts/language-docs.mjs -->\n# Filters, tests and lookups\n',
    'By their short names; those of collections are found under their full names too (`ansible.utils.ipaddr`).\n',
    section('Filters', FILTER_FILES),
    section('Tests', TEST_FILES),
    section('Lookups', LOOKUP_FILES),
  ].join('\n');
}

const plugins = ['filters', 'tests', 'lookups'].map((kind) => loadSource(`src/engine/template/${kind}/index.ts`));
writePage('docs/keywords.md', keywordPage(await loadSource('src/engine/playbook/keywords.ts')));
writePage('docs/templates.md', templatePage(...(await Promise.all(plugins))));
