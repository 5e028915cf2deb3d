import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dict, Value } from '../../engine/model/value.ts';
import { parseYaml } from '../../engine/yaml/parse.ts';
import { toValue } from '../../engine/yaml/to-value.ts';

const FILES = ['argument_specs.yml', 'argument_specs.yaml'];

/** Roles of the folders that say what they take, with the entry points' short descriptions. */
export function roleSummaries(folders: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of folders.filter((path) => existsSync(path))) {
    for (const name of readdirSync(folder).sort()) {
      const specs = specsOf(join(folder, name));
      if (!specs || found.has(name)) continue;
      const entries = [...specs].map(([entry, spec]) => `${String(entry)}: ${shortOf(spec)}`);
      found.set(name, entries.join('; '));
    }
  }
  return found;
}

/** What a role says of its entry points; undefined where it says nothing. */
export function roleJson(folders: readonly string[], name: string): Dict | undefined {
  for (const folder of folders) {
    const specs = specsOf(join(folder, name));
    if (specs)
      return new Map<Value, Value>([
        ['path', join(folder, name)],
        ['entry_points', specs],
      ]);
  }
  return undefined;
}

function specsOf(role: string): Dict | undefined {
  const file = FILES.map((name) => join(role, 'meta', name)).find((path) => existsSync(path));
  if (!file) return undefined;
  const node = parseYaml(readFileSync(file, 'utf8'), file);
  const specs = node?.kind === 'map' ? (toValue(node) as Dict).get('argument_specs') : undefined;
  return specs instanceof Map ? (specs as Dict) : undefined;
}

function shortOf(spec: Value): string {
  return spec instanceof Map ? String(spec.get('short_description') ?? '') : '';
}
