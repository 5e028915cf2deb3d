// Writes docs/configuration.md from the table of settings; with --check it only says whether it is out of date.
import { loadSource } from './load-source.mjs';
import { table, writePage } from './pages.mjs';

const HEAD = `<!-- made from src/cli/settings/table by scripts/config-docs.mjs -->
# Configuration

Settings come from environment variables and from \`ansible.cfg\`; the variables win, and options of the command line win over
both. The file is looked for where \`ANSIBLE_CONFIG\` says (a file or its folder), in the current folder, as
\`~/.ansible.cfg\` and as \`/etc/ansible/ansible.cfg\`; the first that is there is read, and no other. A file in a current folder
that everybody may write to is passed over with a warning: name it in \`ANSIBLE_CONFIG\` if it is to count.

Relative paths in the file are meant from its folder; \`~\`, \`$NAME\`, \`\${NAME}\` and \`{{CWD}}\` are replaced. What follows
\` ;\` is a remark. A key that is not known is told once, with the one that may be meant; keys of plugins that are not built
in are passed over.

\`tsplay config dump --only-changed\` shows what is in force and where it was said.
`;

function section([subject, settings]) {
  return `\n## ${subject}\n\n${table(['in ansible.cfg', 'variable', 'default', 'meaning'], settings.flatMap(row))}`;
}

function row({ env, ini, fallback, doc, choices }) {
  if (env.length === 0 && ini.length === 0) return [];
  const allowed = choices ? `; ${choices.map((choice) => `\`${choice}\``).join(', ')}` : '';
  return [[ini.map(key).join(', '), env.map(code).join(', '), shown(fallback), `${doc}${allowed}`]];
}

function key(place) {
  const dot = place.indexOf('.');
  return `\`[${place.slice(0, dot)}] ${place.slice(dot + 1)}\``;
}

function shown(value) {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return '';
  if (Array.isArray(value)) return value.length > 6 ? '…' : code(value.join(', '));
  return code(String(value));
}

function code(text) {
  return `\`${text}\``;
}

const { SETTING_GROUPS } = await loadSource('src/cli/settings/table/index.ts');
writePage('docs/configuration.md', HEAD + SETTING_GROUPS.map(section).join(''));
