import { Deferred, type Raw } from '../model/value.ts';
import type { YamlMap, YamlNode } from '../yaml/types.ts';
import type { Loader } from './loader.ts';
import { kindOf, problem } from './problem.ts';
import { entryOf, isEmpty } from './yaml-access.ts';

/** `hosts:` of a play: a pattern, or a list of patterns. */
export function readHosts(loader: Loader, map: YamlMap): Raw {
  const entry = entryOf(map, 'hosts');
  if (!entry) throw problem("the field 'hosts' is required but was not set", map.position, 'add `hosts: all`');
  const { node, keyPosition } = entry;
  const nothing =
    isEmpty(node) || (node.kind === 'scalar' && node.value === '') || (node.kind === 'seq' && node.items.length === 0);
  if (nothing) throw problem('Hosts list cannot be empty. Please check your playbook', keyPosition);
  if (node.kind === 'seq') return node.items.map((item) => pattern(loader, item));
  if (node.kind === 'map' || !isText(loader, node)) {
    throw problem('Hosts list must be a sequence or string. Please check your playbook.', node.position);
  }
  return loader.raw(node);
}

function pattern(loader: Loader, node: YamlNode): Raw {
  if (isEmpty(node))
    throw problem("Hosts list cannot contain values of 'None'. Please check your playbook", node.position);
  if (node.kind === 'scalar' && isText(loader, node)) return loader.raw(node);
  const shown = node.kind === 'scalar' ? `'${String(node.value)}'` : `a ${kindOf(node)}`;
  throw problem(`Hosts list contains an invalid host value: ${shown}`, node.position, 'put it in quotes');
}

function isText(loader: Loader, node: YamlNode): boolean {
  const raw = loader.raw(node);
  return typeof raw === 'string' || raw instanceof Deferred;
}
