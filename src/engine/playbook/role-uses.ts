import type { Block, Keywords } from '../model/playbook.ts';
import type { Raw } from '../model/value.ts';
import type { YamlMap, YamlNode } from '../yaml/types.ts';
import { keywordsOf } from './keywords.ts';
import { kindOf, problem } from './problem.ts';
import { asKeywords, readKeywords } from './read-keywords.ts';
import { rolesBefore } from './role-order.ts';
import type { RoleUse, Site } from './site.ts';
import { staticName } from './static-name.ts';
import { entryOf, keyName, stringOf, textOf } from './yaml-access.ts';

/** The entries of `roles:`, each as the blocks of its dependencies and its own. */
export function buildRoles(site: Site, nodes: readonly YamlNode[]): Block[] {
  const blocks: Block[] = [];
  for (const node of nodes) {
    site.loader.attempt(() => blocks.push(...rolesBefore(site.build.role(site, readUse(site, node)))));
  }
  return blocks;
}

/** What a role's meta depends on: one block each, further dependencies inside their roles. */
export function buildDependencies(site: Site, nodes: readonly YamlNode[]): Block[] {
  const blocks: Block[] = [];
  for (const node of nodes) {
    site.loader.attempt(() => blocks.push(site.build.role(site, readUse(site, node)).tasks));
  }
  return blocks;
}

/** `- common`, or `- role: common` with keywords and parameters. */
function readUse(site: Site, node: YamlNode): RoleUse {
  const common = {
    included: false,
    public: !site.loader.options.privateRoleVars,
    validate: true,
    from: {},
    position: node.position,
  };
  if (node.kind === 'scalar' && (typeof node.value === 'string' || typeof node.value === 'number')) {
    return { ...common, name: roleName(site, node), keywords: {}, params: new Map() };
  }
  if (node.kind !== 'map') {
    throw problem(`Invalid role definition: a ${kindOf(node)}`, node.position, 'write `- role: name`');
  }
  const known = keywordsOf('Role');
  const {
    vars,
    name: _,
    ...keywords
  }: Keywords = asKeywords(
    readKeywords(
      site.loader,
      'Role',
      node.entries.filter((entry) => known.has(keyName(entry))),
    ),
  );
  const params = new Map<string, Raw>();
  for (const entry of node.entries) {
    const name = keyName(entry);
    if (!known.has(name)) params.set(name, site.loader.raw(entry.node));
  }
  return { ...common, name: roleName(site, nameNode(node)), keywords, vars, params };
}

function nameNode(map: YamlMap): YamlNode {
  const named = entryOf(map, 'role')?.node ?? entryOf(map, 'name')?.node;
  if (named && stringOf(named)) return named;
  const source = entryOf(map, 'src')?.node;
  const text = stringOf(source);
  if (source?.kind === 'scalar' && text) return { ...source, value: nameFromSource(text) };
  throw problem('role definitions must contain a role name', map.position, 'write `role: name`');
}

/** `http://host/path/name.git,v1` is `name`. */
function nameFromSource(source: string): string {
  const [url = ''] = source.split(',');
  return url.includes('://') || url.includes('@')
    ? url
        .split('/')
        .at(-1)!
        .replace(/\.(git|tar\.gz)$/, '')
    : url;
}

function roleName(site: Site, node: YamlNode): string {
  const raw = site.loader.raw(node);
  const name = typeof raw === 'number' ? textOf(raw) : staticName(site, raw, 'role name', node.position);
  if (name.includes(',')) {
    throw problem(
      `Invalid old style role requirement: ${name}`,
      node.position,
      'write `- role: name` with parameters below',
    );
  }
  return name;
}
