import { readFileSync } from 'node:fs';
import type { Decryption } from '../../engine/model/decryption.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Raw, Value } from '../../engine/model/value.ts';
import { parseKeyValues } from '../../engine/playbook/key-values.ts';
import { compileText } from '../../engine/template/compile.ts';
import { isVaulted } from '../../engine/vault/envelope.ts';
import { parseYaml } from '../../engine/yaml/parse.ts';
import { toValue } from '../../engine/yaml/to-value.ts';

const HERE = { file: '<command line>', line: 1, column: 1 };

/** What -e gives, the later ones winning: `key=value` words, YAML or JSON, or `@file`, which may be encrypted. */
export function readExtraVars(given: readonly string[], decryption: Decryption): Map<string, Raw> {
  const vars = new Map<string, Raw>();
  for (const text of given) for (const [name, value] of readOne(text.trim(), decryption)) vars.set(name, value);
  return vars;
}

function readOne(text: string, decryption: Decryption): Iterable<[string, Raw]> {
  if (text.startsWith('@')) return readVarsFile(text.slice(1), decryption);
  if (/^[{[]/.test(text)) return readYaml(text, HERE.file, decryption);
  return keyValues(text);
}

function keyValues(text: string): Iterable<[string, Raw]> {
  const { options, rest } = parseKeyValues(text);
  if (rest !== undefined) {
    throw new TsplayError('usage', `-e: '${rest}' is not key=value`, { hint: 'write key=value, {json: ...} or @file' });
  }
  return [...options].map(([name, value]) => [name, compileText(value, HERE)] as [string, Raw]);
}

function readYaml(yaml: string, file: string, decryption: Decryption): Iterable<[string, Raw]> {
  const node = parseYaml(yaml, file);
  if (!node) return [];
  if (node.kind !== 'map') throw new TsplayError('usage', '-e must give a dictionary', { position: node.position });
  return toValue(node, compileText, (text, position) => decryption.text(text, position)) as Map<string, Raw>;
}

function readVarsFile(path: string, decryption: Decryption): Iterable<[string, Raw]> {
  const content = readFile(path);
  const vars = new Map(readYaml(decryption.file(content, path).toString(), path, decryption));
  if (isVaulted(content)) decryption.conceal(vars as Map<Value, Raw>);
  return vars;
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'it does not exist' : (cause as Error).message;
    throw new TsplayError('missing', `-e @${path}: the file cannot be read: ${why}`, { cause });
  }
}
