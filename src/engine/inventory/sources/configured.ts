import type { Dict } from '../../model/value.ts';
import { toValue } from '../../yaml/to-value.ts';
import { readConstructed } from './constructed/constructed.ts';
import { readGenerated } from './generator.ts';
import { failSource, type SourceContext } from './source.ts';
import { readTerraform, readTerraformBackend, readTerraformProvider } from './terraform/configured.ts';
import { parseSource } from './yaml-source.ts';

type Reader = (context: SourceContext, options: Dict) => void | Promise<void>;

/** Plugins of inventories that are built in. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['constructed', readConstructed],
  ['generator', readGenerated],
  ['terraform', readTerraform],
  ['cloud.terraform.terraform_state', readTerraformBackend],
  ['cloud.terraform.terraform_provider', readTerraformProvider],
]);

/** Reads a YAML source that names its plugin (`plugin: constructed`). Throws TsplayError. */
export async function readConfigured(context: SourceContext, text: string): Promise<void> {
  const node = parseSource(context, text);
  const entry = node?.entries.find(({ key }) => key === 'plugin');
  if (!node || !entry) failSource('no plugin is named', { file: context.path, line: 1, column: 1 });
  const options = toValue(node) as Dict;
  const name = String(options.get('plugin')).replace(/^ansible\.(?:builtin|legacy)\./, '');
  const read = READERS.get(name);
  if (read) return read(context, options);
  failSource(
    `the inventory plugin "${name}" is Python and is not supported`,
    entry.keyPosition,
    `export what it gives (ansible-inventory -i ${context.path} --list --export > hosts.json), or name a script that does so; built in are ${[...READERS.keys()].join(', ')}`,
  );
}
