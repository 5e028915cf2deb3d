// Writes docs/roles/ from each role's meta/argument_specs.yml; with --check it only says which pages are out of date.
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { table, writePages } from './pages.mjs';

function page(role) {
  const path = `roles/${role}/meta/argument_specs.yml`;
  const { argument_specs: entries } = parse(readFileSync(path, 'utf8'));
  const sections = Object.entries(entries).map(([name, entry]) => section(role, name, entry));
  return `<!-- made from ${path} by scripts/role-docs.mjs -->\n# ${role}\n\n${sections.join('\n')}`;
}

function section(role, name, { short_description: summary, description = [], options = {} }) {
  const title = name === 'main' ? '' : `## tasks_from: ${name}\n\n`;
  const text = [].concat(description).map((paragraph) => `${paragraph}\n\n`);
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

writePages(
  'docs/roles',
  new Map(
    readdirSync('roles')
      .sort()
      .map((role) => [`${role}.md`, page(role)]),
  ),
);
