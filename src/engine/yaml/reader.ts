import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import { DASH, DOT, HASH, isBlankOrEnd, NEWLINE, SPACE, TAB } from './characters.ts';

// What YAML allows nowhere: control characters other than tab and line ends, and halves of a surrogate pair.
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Surrogate}/u;
const BLANK_REST = /[ \t]*(?:[\n#]|$)/y;

/** A place in a text that moves forward, and knows its line. Line ends are `\n` alone. */
export class Reader {
  readonly text: string;
  readonly file: string;
  pos = 0;
  line = 1;
  lineStart = 0;

  /** Throws TsplayError where the text holds a character that YAML forbids. */
  constructor(text: string, file: string) {
    const unmarked = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    this.text = unmarked.includes('\r') ? unmarked.replace(/\r\n?/g, '\n') : unmarked;
    this.file = file;
    const forbidden = FORBIDDEN.exec(this.text);
    if (forbidden) this.failAtOffset(forbidden.index);
  }

  get column(): number {
    return this.pos - this.lineStart;
  }

  /** The code at `pos + ahead`; NaN past the end. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.pos + ahead);
  }

  position(): Position {
    return { file: this.file, line: this.line, column: this.pos - this.lineStart + 1 };
  }

  /** Steps over the line end that ends at `pos`, that is: call it with `pos` just behind a `\n`. */
  startLine(): void {
    this.line++;
    this.lineStart = this.pos;
  }

  /**
   * Goes to the next thing that is neither space, comment nor line end; says whether it crossed a line end.
   * `tabs`: where a tab counts as space: in flow context (`[...]`) anywhere, else on the current line or nowhere,
   * since a tab may not indent.
   */
  skipToToken(tabs: 'anywhere' | 'line' | 'nowhere'): boolean {
    const { text } = this;
    let crossed = false;
    for (;;) {
      let code = text.charCodeAt(this.pos);
      const tabsHere = tabs === 'anywhere' || (tabs === 'line' && !crossed);
      while (code === SPACE || (code === TAB && (tabsHere || this.onBlankLine()))) {
        code = text.charCodeAt(++this.pos);
      }
      if (code === HASH) {
        const end = text.indexOf('\n', this.pos);
        this.pos = end < 0 ? text.length : end;
        code = text.charCodeAt(this.pos);
      }
      if (code !== NEWLINE) return crossed;
      this.pos++;
      this.startLine();
      crossed = true;
    }
  }

  /** At the end of the document: the text ends, or `---` or `...` stands at the start of the line. */
  atDocumentEnd(): boolean {
    if (this.pos >= this.text.length) return true;
    return this.pos === this.lineStart && this.atDocumentMarker();
  }

  atDocumentMarker(): boolean {
    const code = this.code();
    if (code !== DASH && code !== DOT) return false;
    return this.code(1) === code && this.code(2) === code && isBlankOrEnd(this.code(3));
  }

  fail(message: string, hint?: string, position: Position = this.position()): never {
    throw new TsplayError('parse', message, { position, hint });
  }

  /** Nothing but white space and comment is left on the line; that indents nothing, so tabs do no harm. */
  private onBlankLine(): boolean {
    BLANK_REST.lastIndex = this.pos;
    return BLANK_REST.test(this.text);
  }

  private failAtOffset(offset: number): never {
    const before = this.text.slice(0, offset);
    const line = before.split('\n').length;
    const column = offset - before.lastIndexOf('\n');
    const hex = this.text.charCodeAt(offset).toString(16).padStart(4, '0');
    throw new TsplayError('parse', `control characters are not allowed (U+${hex.toUpperCase()})`, {
      position: { file: this.file, line, column },
      hint: 'remove it, or write it as an escape within double quotes',
    });
  }
}
