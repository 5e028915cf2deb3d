import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import type { Raw, Value } from '../model/value.ts';
import type { YamlNode, YamlScalar } from './types.ts';

export interface ToValueOptions {
  /** Makes a string of a trusted source into something to evaluate; without it strings stay as they are. */
  readonly compile?: ((text: string, position: Position) => Raw) | undefined;
  /** What a `!vault` text stands for; without it such a text is refused. */
  readonly onVault?: ((text: string, position: Position) => Raw) | undefined;
}

/** The value of a node. Keys stay plain; `!unsafe` strings are never compiled. */
export function toValue(node: YamlNode, options: ToValueOptions = {}): Raw {
  return convert(node, options, new Map());
}

/** A node that aliases name twice is converted once: the result is shared as the nodes are. */
function convert(node: YamlNode, options: ToValueOptions, done: Map<YamlNode, Raw>): Raw {
  if (node.kind === 'scalar') return convertScalar(node, options);
  const known = done.get(node);
  if (known !== undefined) return known;
  const value =
    node.kind === 'seq'
      ? node.items.map((item) => convert(item, options, done))
      : new Map<Value, Raw>(node.entries.map((entry) => [entry.key, convert(entry.node, options, done)]));
  done.set(node, value);
  return value;
}

function convertScalar(node: YamlScalar, { compile, onVault }: ToValueOptions): Raw {
  if (typeof node.value !== 'string') return node.value;
  if (node.tag === 'vault') {
    if (onVault) return onVault(node.value, node.position);
    throw new TsplayError('vault', 'an encrypted value cannot be read here', { position: node.position });
  }
  if (node.tag === 'unsafe' || !compile) return node.value;
  return compile(node.value, node.position);
}
