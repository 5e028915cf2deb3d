import type { Raw } from '../../model/value.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { toValue } from '../../yaml/to-value.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../../yaml/types.ts';
import { addChild, ensureGroup, setGroupVar } from '../edit.ts';
import { expandHosts } from '../host-range.ts';
import { addHosts, failSource, type SourceContext } from './source.ts';

/** Reads a YAML (or JSON) inventory: groups with `hosts`, `children` and `vars`. An empty one adds nothing. Throws TsplayError. */
export function readYamlSource(context: SourceContext, text: string): void {
  const node = parseSource(context, text);
  if (!node) return;
  const plugin = node.entries.find(({ key }) => key === 'plugin');
  if (plugin) failSource('it configures an inventory plugin', plugin.keyPosition, 'enable "auto" in enable_plugins');
  for (const entry of node.entries) readGroup(context, entry);
}

/** The mapping that a YAML source is; undefined for an empty one. Throws TsplayError. */
export function parseSource({ path, settings, onWarning }: SourceContext, text: string): YamlMap | undefined {
  const node = parseYaml(text, path, {
    onDuplicate: ({ position, message }) => {
      if (settings.duplicateKeys === 'error') failSource(message, position, 'remove one of the two');
      if (settings.duplicateKeys === 'ignore') return;
      const place = `${position.file}:${position.line}:${position.column}`;
      onWarning(`${place}: ${message}. Using last defined value only.`);
    },
  });
  if (!node || node.kind === 'map') return node ?? undefined;
  return failSource(
    `YAML inventory has invalid structure, it should be a dictionary, got a ${node.kind === 'seq' ? 'list' : 'text'}`,
    node.position,
    'begin with "all:", and "hosts:" below it',
  );
}

/** Reads one group and all below it; gives its name, or undefined where there is no group. */
function readGroup(context: SourceContext, { key, keyPosition, node }: YamlEntry): string | undefined {
  if (typeof key !== 'string' || key === '') {
    failSource(`Invalid group name "${String(key)}"`, keyPosition, 'a group name is a text: quote it');
  }
  if (!isMapOrEmpty(node)) {
    context.onWarning(`Skipping '${key}' as this is not a valid group definition`);
    return undefined;
  }
  ensureGroup(context.inventory, key);
  if (node.kind === 'map') for (const entry of node.entries) readSection(context, key, entry);
  return key;
}

function readSection(context: SourceContext, group: string, { key, keyPosition, node }: YamlEntry): void {
  if (key !== 'hosts' && key !== 'children' && key !== 'vars') {
    const place = `${keyPosition.file}:${keyPosition.line}:${keyPosition.column}`;
    context.onWarning(
      `Skipping unexpected key (${String(key)}) in group (${group}), only "vars", "children" and "hosts" are valid (${place})`,
    );
    return;
  }
  const entries = entriesOf(node);
  if (!entries) {
    failSource(
      `Invalid "${key}" entry for "${group}" group, requires a dictionary, found a ${node.kind === 'seq' ? 'list' : 'value'} instead`,
      node.position,
      key === 'vars' ? 'write "name: value" lines' : `write "name:" lines below "${key}:"`,
    );
  }
  for (const entry of entries) {
    if (key === 'vars')
      setGroupVar(context.inventory.groups.get(group)!, String(entry.key), toRaw(context, entry.node));
    else if (key === 'children') readChild(context, group, entry);
    else readHost(context, group, entry);
  }
}

function readChild(context: SourceContext, group: string, entry: YamlEntry): void {
  const child = readGroup(context, entry);
  if (child === undefined) return;
  addChild(context.inventory, group, child, entry.keyPosition);
}

function readHost(context: SourceContext, group: string, { key, keyPosition, node }: YamlEntry): void {
  if (typeof key !== 'string') {
    failSource(
      `Host pattern ${String(key)} must be a string. Enclose integers/floats in quotation marks.`,
      keyPosition,
    );
  }
  if (!isMapOrEmpty(node)) {
    failSource(`the variables of host "${key}" must be a mapping`, node.position, 'write "name: value" lines');
  }
  const vars = node.kind === 'map' ? (toRaw(context, node) as Map<string, Raw>) : new Map<string, Raw>();
  addHosts(context, group, expandHosts(key, keyPosition), vars);
}

/** The entries of a section; a lone text is a mapping of one name. Undefined for what is neither. */
function entriesOf(node: YamlNode): readonly YamlEntry[] | undefined {
  if (node.kind === 'map') return node.entries;
  if (node.kind === 'seq') return undefined;
  if (node.value === null) return [];
  if (typeof node.value !== 'string') return undefined;
  const nothing: YamlNode = { kind: 'scalar', value: null, position: node.position, quoted: false };
  return [{ key: node.value, keyPosition: node.position, node: nothing }];
}

function isMapOrEmpty(node: YamlNode): node is YamlMap | (YamlNode & { kind: 'scalar' }) {
  return node.kind === 'map' || (node.kind === 'scalar' && node.value === null);
}

function toRaw(context: SourceContext, node: YamlNode): Raw {
  return toValue(node, context.compile, (text, position) => context.decryption.text(text, position));
}
