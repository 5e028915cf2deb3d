import { readFileSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import type { Decryption } from '../model/decryption.ts';
import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import type { Raw } from '../model/value.ts';
import { compileText } from '../template/compile.ts';
import { withoutSecrets } from '../template/vaulted.ts';
import { isVaulted } from '../vault/envelope.ts';
import { decodeText, parseYaml } from '../yaml/parse.ts';
import { toValue } from '../yaml/to-value.ts';
import type { YamlNode } from '../yaml/types.ts';
import { ContentFolders } from './content/folders.ts';
import type { LoadOptions, WarningTopic } from './types.ts';

/** Loads the files of one run: keeps those it has parsed and says what happens to errors. */
export class Loader {
  readonly options: LoadOptions;
  readonly decryption: Decryption;
  private onError: LoadOptions['onError'];
  /** Where modules and plugins of the user lie, as far as it is known by now. */
  readonly content: ContentFolders;
  private readonly parsed = new Map<string, YamlNode | undefined>();
  /** Encrypted files, as places name them. */
  private readonly encrypted = new Set<string>();
  private readonly warned = new Set<string>();
  private readonly values = new WeakMap<YamlNode, { readonly raw: Raw }>();

  constructor(options: LoadOptions) {
    this.options = options;
    this.decryption = options.decryption ?? withoutSecrets();
    this.onError = options.onError;
    this.content = options.content ?? new ContentFolders();
  }

  /**
   * The YAML of a file, undefined if nothing stands in it. `from` is the place that names the file, for the message
   * when it cannot be read.
   */
  read(path: string, from?: Position): YamlNode | undefined {
    if (this.parsed.has(path)) return this.parsed.get(path);
    const shown = shownPath(path);
    const node = parseYaml(decodeText(this.bytes(path, from), shown), shown, {
      onDuplicate: ({ message, position }) => this.warn(`${message}; the last one is used`, position, 'duplicate-key'),
    });
    this.parsed.set(path, node);
    this.options.onFile?.(path);
    return node;
  }

  /** The node as a value of trusted text: strings with templates in them are deferred. Made once a node. */
  raw(node: YamlNode): Raw {
    const known = this.values.get(node);
    if (known) return known.raw;
    const raw = toValue(node, compileText, (text, position) => this.decryption.text(text, position));
    this.values.set(node, { raw });
    return raw;
  }

  /** The same for the value of a variable, which is a secret if its file is encrypted. */
  variable(node: YamlNode): Raw {
    const raw = this.raw(node);
    if (this.encrypted.has(node.position.file)) this.decryption.conceal(raw);
    return raw;
  }

  /** Whether a file that was read is encrypted, and there is nothing to decrypt it with. */
  isLocked(path: string): boolean {
    return this.encrypted.has(shownPath(path)) && !this.decryption.ready;
  }

  /** Says something once that is no error. */
  warn(message: string, position?: Position, topic?: WarningTopic): void {
    const key = `${message} ${position?.file}:${position?.line}`;
    if (this.warned.has(key)) return;
    this.warned.add(key);
    this.options.onWarning?.(message, position, topic);
  }

  /** Does work with its errors collected, whatever the options say: all mistakes are told at once. */
  gathering<T>(work: () => T): { readonly result: T; readonly errors: readonly TsplayError[] } {
    const errors: TsplayError[] = [];
    const outer = this.onError;
    this.onError = (error) => errors.push(error);
    try {
      return { result: work(), errors };
    } finally {
      this.onError = outer;
    }
  }

  /** Does a part of the work; where errors are collected, a failure is noted and the part is left out. */
  attempt(work: () => void): void {
    const { onError } = this;
    if (!onError) {
      work();
      return;
    }
    try {
      work();
    } catch (error) {
      if (!(error instanceof TsplayError)) throw error;
      onError(error);
    }
  }

  private bytes(path: string, from: Position | undefined): Uint8Array {
    try {
      const content = (this.options.readFile ?? readFileSync)(path);
      if (isVaulted(content)) this.encrypted.add(shownPath(path));
      return this.decryption.file(content, shownPath(path));
    } catch (error) {
      if (error instanceof TsplayError) throw error;
      throw new TsplayError(
        'missing',
        `could not read ${shownPath(path)}: ${reasonOf(error as NodeJS.ErrnoException)}`,
        {
          position: from ?? { file: shownPath(path), line: 1, column: 1 },
          cause: error,
        },
      );
    }
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'it does not exist';
  return code === 'EISDIR' ? 'it is a folder' : message;
}

/** A path as messages show it: from the current folder where it lies below that. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short === '..' || short.startsWith(`..${sep}`) || isAbsolute(short) ? path : short;
}
