import { readFileSync, statSync } from 'node:fs';
import type { Decryption } from '../model/decryption.ts';
import { TsplayError } from '../model/errors.ts';
import type { Raw } from '../model/value.ts';
import { compileText } from '../template/compile.ts';
import { isVaulted } from '../vault/envelope.ts';
import { decodeText, parseYaml } from '../yaml/parse.ts';
import { toValue } from '../yaml/to-value.ts';
import type { YamlNode } from '../yaml/types.ts';

/** A file of variables as it was when it was read. */
export interface VarsFile {
  readonly vars: ReadonlyMap<string, Raw>;
  readonly encrypted: boolean;
}

/** Reads files of variables of one run: YAML (or JSON) of trusted content. */
export class VarsFiles {
  private readonly decryption: Decryption;
  private readonly known = new Map<string, VarsFile & { readonly stamp: number }>();

  constructor(decryption: Decryption) {
    this.decryption = decryption;
  }

  /**
   * Read again only when the file changed. With `lists`, it may hold a list of dictionaries too, of which later ones win,
   * as that of vars_files. Throws TsplayError.
   */
  read(path: string, { lists = false } = {}): VarsFile {
    const { mtimeMs: stamp } = statSync(path);
    const key = `${lists} ${path}`;
    const known = this.known.get(key);
    if (known?.stamp === stamp) return known;
    const content = contentOf(path);
    const encrypted = isVaulted(content);
    const vars = this.parse(decodeText(this.decryption.file(content, path), path), path, lists);
    if (encrypted) this.decryption.conceal(vars);
    const file = { vars, encrypted, stamp };
    this.known.set(key, file);
    return file;
  }

  private parse(yaml: string, path: string, lists: boolean): Map<string, Raw> {
    const node = parseYaml(yaml, path);
    if (!node) return new Map();
    if (lists && node.kind === 'seq') return new Map(node.items.flatMap((item) => [...this.dictionary(item)]));
    return this.dictionary(node);
  }

  private dictionary(node: YamlNode): Map<string, Raw> {
    if (node.kind !== 'map') {
      throw new TsplayError('parse', 'a file of variables must be a dictionary', {
        position: node.position,
        hint: 'write `name: value` on each line',
      });
    }
    return toValue(node, compileText, (text, position) => this.decryption.text(text, position)) as Map<string, Raw>;
  }
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new TsplayError('missing', `cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}
