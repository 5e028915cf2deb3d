import type { VarsPrompt } from '../model/playbook.ts';
import type { Raw } from '../model/value.ts';
import type { YamlMap, YamlNode } from '../yaml/types.ts';
import type { Loader } from './loader.ts';
import { kindOf, problem } from './problem.ts';
import { didYouMean } from './suggest.ts';
import { entryOf, isEmpty, keyName, listOf, stringOf } from './yaml-access.ts';

const KEYS = ['name', 'prompt', 'default', 'private', 'confirm', 'encrypt', 'salt_size', 'salt', 'unsafe'];

/** `vars_prompt:`, a list of questions. */
export function readPrompts(loader: Loader, node: YamlNode | undefined): VarsPrompt[] {
  if (!node) return [];
  return listOf(
    node.kind === 'map' ? { ...node, kind: 'seq', items: [node] } : node,
    'Invalid vars_prompt data structure',
  ).map((item) => {
    if (item.kind !== 'map') {
      throw problem(
        `Invalid vars_prompt data structure, expected a dictionary, found a ${kindOf(item)}`,
        item.position,
      );
    }
    return readPrompt(loader, item);
  });
}

function readPrompt(loader: Loader, map: YamlMap): VarsPrompt {
  const name = stringOf(entryOf(map, 'name')?.node);
  if (name === undefined) throw problem("Invalid vars_prompt data structure, missing 'name' key", map.position);
  for (const entry of map.entries) {
    const key = keyName(entry);
    if (KEYS.includes(key)) continue;
    throw problem(
      `Invalid vars_prompt data structure, found unsupported key '${key}'`,
      entry.keyPosition,
      didYouMean(key, KEYS),
    );
  }
  const value = (key: string): Raw | undefined => {
    const node = entryOf(map, key)?.node;
    return node && !isEmpty(node) ? loader.raw(node) : undefined;
  };
  const text = (key: string): string | undefined => stringOf(entryOf(map, key)?.node);
  const size = value('salt_size');
  const fallback = value('default');
  return {
    name,
    prompt: value('prompt') ?? name,
    ...(fallback === undefined ? {} : { default: fallback }),
    private: value('private') !== false,
    confirm: value('confirm') === true,
    encrypt: text('encrypt'),
    saltSize: typeof size === 'number' ? size : undefined,
    salt: text('salt'),
    unsafe: value('unsafe') === true,
  };
}
