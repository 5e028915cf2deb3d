import { readFileSync } from 'node:fs';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Raw } from '../../engine/model/value.ts';
import { parseKeyValues } from '../../engine/playbook/key-values.ts';
import { compileText } from '../../engine/template/compile.ts';
import { parseYaml } from '../../engine/yaml/parse.ts';
import { toValue } from '../../engine/yaml/to-value.ts';

const HERE = { file: '<command line>', line: 1, column: 1 };

/** What -e gives, the later ones winning: `key=value` words, YAML or JSON, or `@file`. */
export function readExtraVars(given: readonly string[]): Map<string, Raw> {
  const vars = new Map<string, Raw>();
  for (const text of given) for (const [name, value] of readOne(text.trim())) vars.set(name, value);
  return vars;
}

function readOne(text: string): Iterable<[string, Raw]> {
  if (text.startsWith('@')) return readYaml(readFile(text.slice(1)), text.slice(1));
  if (/^[{[]/.test(text)) return readYaml(text, HERE.file);
  return keyValues(text);
}

function keyValues(text: string): Iterable<[string, Raw]> {
  const { options, rest } = parseKeyValues(text);
  if (rest !== undefined) {
    throw new TsplayError('usage', `-e: '${rest}' is not key=value`, { hint: 'write key=value, {json: ...} or @file' });
  }
  return [...options].map(([name, value]) => [name, compileText(value, HERE)] as [string, Raw]);
}

function readYaml(text: string, file: string): Iterable<[string, Raw]> {
  const node = parseYaml(text, file);
  if (!node) return [];
  if (node.kind !== 'map') throw new TsplayError('usage', '-e must give a dictionary', { position: node.position });
  return toValue(node, compileText) as Map<string, Raw>;
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'it does not exist' : (cause as Error).message;
    throw new TsplayError('missing', `-e @${path}: the file cannot be read: ${why}`, { cause });
  }
}
