// Writes docs/roles/ from each role's meta/argument_specs.yml and from what its files use; with --check it only says which
// pages are out of date.
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { table, writePages } from './pages.mjs';
import { readNeeds } from './role-needs.mjs';

const MADE = 'by scripts/role-docs.mjs -->\n';

function page({ role, path, entries, needs }) {
  const sections = Object.entries(entries).map(([name, entry]) => section(role, name, entry, needs));
  return `<!-- made from ${path} ${MADE}# ${role}\n\n${sections.join('\n')}`;
}

function section(role, name, { short_description: summary, description = [], options = {} }, needs) {
  const title = name === 'main' ? '' : `## tasks_from: ${name}\n\n`;
  const notes = name === 'main' ? needsOf(needs) : [];
  const text = [description, notes].flat().map((paragraph) => `${paragraph}\n\n`);
  const rows = Object.entries(options).map(([option, spec]) => row(role, option, spec));
  return `${title}${summary}\n\n${text.join('')}${table(['variable', 'type', 'default', 'meaning'], rows)}`;
}

function row(role, option, spec) {
  if (!spec.description) throw new Error(`roles/${role}: ${option} has no description`);
  const type = spec.elements ? `${spec.type} of ${spec.elements}` : spec.type;
  const fallback = spec.required ? 'required' : spec.default === undefined ? '' : `\`${JSON.stringify(spec.default)}\``;
  const choices = spec.choices ? ` One of ${spec.choices.join(', ')}.` : '';
  return [`\`${option}\``, type, fallback, `${spec.description}${choices}`];
}

/** Whether Ansible runs the role, as paragraphs. */
function needsOf({ features, collections }) {
  if (features.length > 0) {
    const uses = features.map(({ what, files }) => `${what} (${files.map((file) => `\`${file}\``).join(', ')})`);
    return [`It uses what Ansible does not have: ${uses.join('; ')}.`];
  }
  const beyond = collections.length > 0 ? `, with the collections ${names(collections)}` : '';
  return [`Plain Ansible: \`ansible-playbook\` runs it too${beyond}.`];
}

function names(texts) {
  return texts.map((text) => `\`${text}\``).join(', ');
}

function index(roles) {
  const rows = roles.map(({ role, entries, needs: { features, collections } }) => [
    `[${role}](${role}.md)`,
    Object.values(entries)[0].short_description,
    features.length > 0 ? `no: ${features.map(({ what }) => what).join(', ')}` : 'yes',
    names(collections),
  ]);
  return `<!-- made from roles/ ${MADE}# Roles

A role without a feature of tsplay is plain Ansible: \`ansible-playbook\` runs it as well, if it has the collections.
\`tsplay lint --rules only-tsplay PATH\` tells the same of your own roles and playbooks.

${table(['role', 'does', 'plain Ansible', 'collections'], rows)}`;
}

const roles = await Promise.all(
  readdirSync('roles')
    .sort()
    .map(async (role) => {
      const path = `roles/${role}/meta/argument_specs.yml`;
      const { argument_specs: entries } = parse(readFileSync(path, 'utf8'));
      return { role, path, entries, needs: await readNeeds(role) };
    }),
);
writePages(
  'docs/roles',
  new Map([['README.md', index(roles)], ...roles.map((each) => [`${each.role}.md`, page(each)])]),
);
