import { TsplayError } from '../../model/errors.ts';

/** A place in a TOML text that moves on. */
export class Cursor {
  readonly text: string;
  readonly file: string;
  at = 0;

  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
  }

  get rest(): boolean {
    return this.at < this.text.length;
  }

  peek(): string {
    return this.text[this.at] ?? '';
  }

  /** What the sticky expression matches here; the cursor then stands behind it. */
  take(regex: RegExp): RegExpExecArray | undefined {
    regex.lastIndex = this.at;
    const found = regex.exec(this.text) ?? undefined;
    if (found) this.at += found[0].length;
    return found;
  }

  /** Whether the text stands here; it is passed over then. */
  skip(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.skip(text)) this.fail(`"${text}" is expected`);
  }

  fail(message: string): never {
    const before = this.text.slice(0, this.at);
    const position = {
      file: this.file,
      line: before.split('\n').length,
      column: this.at - before.lastIndexOf('\n'),
    };
    throw new TsplayError('inventory', `no TOML: ${message}`, { position });
  }
}
