import type { Dict, Raw, Value } from '../../../model/value.ts';
import { addChild, ensureGroup, setGroupVar } from '../../edit.ts';
import { addHosts, type SourceContext, topOf } from '../source.ts';
import type { Resource } from './state.ts';

/** Adds what the provider ansible/ansible describes: resources `ansible_host` and `ansible_group`. Throws TsplayError. */
export function addDescribed(context: SourceContext, resources: readonly Resource[]): void {
  for (const { type, attributes } of resources) {
    if (type === 'ansible_group') addGroup(context, attributes);
    else if (type === 'ansible_host') addHost(context, attributes);
  }
}

function addGroup(context: SourceContext, attributes: Dict): void {
  const { inventory } = context;
  const name = String(attributes.get('name'));
  const group = ensureGroup(inventory, name);
  for (const child of names(attributes.get('children'))) {
    ensureGroup(inventory, child);
    addChild(inventory, name, child, topOf(context));
  }
  for (const [key, value] of variables(attributes)) setGroupVar(group, key, value);
}

function addHost(context: SourceContext, attributes: Dict): void {
  const host = String(attributes.get('name'));
  const groups = names(attributes.get('groups'));
  for (const group of groups.length > 0 ? groups : ['ungrouped']) {
    addHosts(context, group, { names: [host] }, variables(attributes));
  }
}

/** The provider keeps texts only: lists and dicts among them are JSON that templates read with from_json. */
function variables(attributes: Dict): Map<string, Raw> {
  const vars = attributes.get('variables');
  return new Map(vars instanceof Map ? [...vars].map(([key, value]) => [String(key), value]) : []);
}

function names(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
