import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import type { Raw, Value } from '../model/value.ts';
import type { YamlEntry, YamlNode, YamlScalar } from './types.ts';

/** Makes a text of a trusted source into something to evaluate, or into what a `!vault` text stands for. */
export type ToRaw = (text: string, position: Position) => Raw;

/**
 * The value of a node. Strings go through `compile`, but for keys and those marked `!unsafe`; `!vault` texts go through
 * `onVault`, and are refused without it: text of hosts is no place for them.
 */
export function toValue(node: YamlNode, compile?: ToRaw, onVault?: ToRaw): Raw {
  return convert(node, { compile, onVault, done: new Map() });
}

interface Conversion {
  readonly compile: ToRaw | undefined;
  readonly onVault: ToRaw | undefined;
  readonly done: Map<YamlNode, Raw>;
}

/** JSON, which has no tags, says `{"__ansible_vault": "..."}` for an encrypted text. */
export const ENCRYPTED_KEY = '__ansible_vault';

function encryptedText(node: YamlNode): YamlScalar | undefined {
  if (node.kind !== 'map' || node.entries.length !== 1 || node.entries[0]!.key !== ENCRYPTED_KEY) return undefined;
  const [{ node: inner }] = node.entries as [YamlEntry];
  return inner.kind === 'scalar' && typeof inner.value === 'string' ? { ...inner, tag: 'vault' } : undefined;
}

/** A node that aliases name twice is converted once: the result is shared as the nodes are. */
function convert(node: YamlNode, conversion: Conversion): Raw {
  if (node.kind === 'scalar') return convertScalar(node, conversion);
  const known = conversion.done.get(node);
  if (known !== undefined) return known;
  const encrypted = conversion.onVault && encryptedText(node);
  if (encrypted) return convertScalar(encrypted, conversion);
  const value =
    node.kind === 'seq'
      ? node.items.map((item) => convert(item, conversion))
      : new Map<Value, Raw>(node.entries.map((entry) => [entry.key, convert(entry.node, conversion)]));
  conversion.done.set(node, value);
  return value;
}

function convertScalar(node: YamlScalar, { compile, onVault }: Conversion): Raw {
  if (typeof node.value !== 'string') return node.value;
  if (node.tag === 'vault') {
    if (onVault) return onVault(node.value, node.position);
    throw new TsplayError('vault', 'an encrypted value cannot be read here', { position: node.position });
  }
  if (node.tag === 'unsafe' || !compile) return node.value;
  return compile(node.value, node.textPosition ?? node.position);
}
