import type { Dict, Raw, Value } from '../../model/value.ts';
import { addChild, ensureGroup, setGroupVar } from '../edit.ts';
import { expandHosts } from '../host-range.ts';
import { parseToml } from '../toml/parse.ts';
import { compileAll } from '../trusted-file.ts';
import { addHosts, failSource, type SourceContext, topOf } from './source.ts';

/** Reads a TOML inventory: tables of groups with `hosts`, `children` and `vars`. Throws TsplayError. */
export function readTomlSource(context: SourceContext, text: string): void {
  const groups = parseToml(text, context.path);
  if (groups.size === 0) failSource('Parsed empty TOML file', topOf(context));
  if (groups.has('plugin')) {
    failSource('Plugin configuration TOML file, not TOML inventory', topOf(context), 'write it in YAML');
  }
  for (const [name, data] of groups) readGroup(context, String(name), data);
}

function readGroup(context: SourceContext, name: string, data: Value): void {
  if (!(data instanceof Map)) {
    return context.onWarning(`Skipping '${name}' as this is not a valid group definition`);
  }
  const group = ensureGroup(context.inventory, name);
  for (const [key, value] of data) {
    if (key === 'vars') {
      for (const [variable, item] of dict(context, name, 'vars', value)) {
        setGroupVar(group, String(variable), toRaw(context, item));
      }
    } else if (key === 'children') readChildren(context, name, value);
    else if (key === 'hosts') readHosts(context, name, dict(context, name, 'hosts', value));
    else {
      context.onWarning(
        `Skipping unexpected key "${String(key)}" in group "${name}", only "vars", "children" and "hosts" are valid`,
      );
    }
  }
}

function readChildren(context: SourceContext, group: string, children: Value): void {
  if (!Array.isArray(children)) {
    failSource(`Invalid "children" entry for "${group}" group, requires a list`, topOf(context), 'write ["name"]');
  }
  for (const child of children) {
    ensureGroup(context.inventory, String(child));
    addChild(context.inventory, group, String(child), topOf(context));
  }
}

function readHosts(context: SourceContext, group: string, hosts: Dict): void {
  for (const [pattern, data] of hosts) {
    const vars = dict(context, group, `hosts.${String(pattern)}`, data);
    const raw = new Map([...vars].map(([name, value]) => [String(name), toRaw(context, value)]));
    addHosts(context, group, expandHosts(String(pattern), topOf(context)), raw);
  }
}

function dict(context: SourceContext, group: string, what: string, value: Value): Dict {
  if (value instanceof Map) return value as Dict;
  return failSource(`Invalid "${what}" entry for "${group}" group, requires a dict`, topOf(context));
}

function toRaw(context: SourceContext, value: Value): Raw {
  return compileAll(value, context.compile, topOf(context));
}
