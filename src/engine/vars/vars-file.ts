import { statSync } from 'node:fs';
import { TsplayError } from '../model/errors.ts';
import type { Raw } from '../model/value.ts';
import { compileText } from '../template/compile.ts';
import { parseYaml } from '../yaml/parse.ts';
import { toValue } from '../yaml/to-value.ts';
import { readBytes } from './world.ts';

const read = new Map<string, { readonly stamp: number; readonly vars: Map<string, Raw> }>();

/** Variables of a YAML file of trusted content. Read again only when the file changed. */
export function readVarsFile(path: string): Map<string, Raw> {
  const stamp = statSync(path).mtimeMs;
  const known = read.get(path);
  if (known?.stamp === stamp) return known.vars;
  const vars = parseVars(readBytes(path).toString(), path);
  read.set(path, { stamp, vars });
  return vars;
}

function parseVars(text: string, path: string): Map<string, Raw> {
  const node = parseYaml(text, path);
  if (!node) return new Map();
  if (node.kind === 'scalar' && node.value === null) return new Map();
  if (node.kind !== 'map') {
    throw new TsplayError('parse', 'a file of variables must be a dictionary', {
      position: node.position,
      hint: 'write `name: value` on each line',
    });
  }
  return toValue(node, compileText) as Map<string, Raw>;
}
