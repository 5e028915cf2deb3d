import { isBreak, isPrintable } from './scalar.ts';

const ESCAPES = new Map([
  ['\0', '0'],
  ['\x07', 'a'],
  ['\b', 'b'],
  ['\t', 't'],
  ['\n', 'n'],
  ['\v', 'v'],
  ['\f', 'f'],
  ['\r', 'r'],
  ['\x1b', 'e'],
  ['"', '"'],
  ['\\', '\\'],
  ['\x85', 'N'],
  ['\xa0', '_'],
  ['\u2028', 'L'],
  ['\u2029', 'P'],
]);

/**
 * Text with a column, folded as libyaml folds: a line may break at a single space once it is longer than `width`.
 * Columns count characters, not bytes.
 */
export class YamlWriter {
  /** Where lines of the current node start; -1 outside of any collection. */
  indent = -1;
  column = 0;
  /** The last thing written was blank. */
  private blank = true;
  /** Only indentation and indicators stand on this line so far. */
  indention = true;
  private readonly parts: string[] = [];
  private readonly width: number;

  constructor(width: number) {
    this.width = width;
  }

  toString(): string {
    return this.parts.join('');
  }

  get tooLong(): boolean {
    return this.column > this.width;
  }

  writeIndent(): void {
    const indent = Math.max(this.indent, 0);
    if (!this.indention || this.column > indent || (this.column === indent && !this.blank)) this.put('\n');
    if (this.column < indent) this.put(' '.repeat(indent - this.column));
    this.blank = true;
    this.indention = true;
  }

  writeIndicator(text: string, options: { space?: boolean; blank?: boolean; indention?: boolean } = {}): void {
    if (options.space && !this.blank) this.put(' ');
    this.put(text);
    this.blank = options.blank ?? false;
    this.indention &&= options.indention ?? false;
  }

  writePlain(chars: readonly string[], foldable: boolean, inFlow: boolean): void {
    if (!this.blank && (chars.length > 0 || inFlow)) this.put(' ');
    let spaces = false;
    for (const [index, char] of chars.entries()) {
      if (char === ' ' && foldable && !spaces && this.tooLong && chars[index + 1] !== ' ') this.writeIndent();
      else this.put(char);
      spaces = char === ' ';
      if (!spaces) this.indention = false;
    }
    this.blank = false;
    this.indention = false;
  }

  writeSingleQuoted(chars: readonly string[], foldable: boolean): void {
    this.writeIndicator("'", { space: true });
    let spaces = false;
    let breaks = false;
    for (const [index, char] of chars.entries()) {
      const inner = index > 0 && index < chars.length - 1;
      if (char === ' ') {
        if (foldable && !spaces && this.tooLong && inner && chars[index + 1] !== ' ') this.writeIndent();
        else this.put(char);
        spaces = true;
        continue;
      }
      if (isBreak(char)) {
        if (!breaks && char === '\n') this.put('\n');
        this.put(char);
        this.indention = breaks = true;
        continue;
      }
      if (breaks) this.writeIndent();
      this.put(char === "'" ? "''" : char);
      this.indention = spaces = breaks = false;
    }
    if (breaks) this.writeIndent();
    this.writeIndicator("'");
  }

  writeDoubleQuoted(chars: readonly string[], foldable: boolean): void {
    this.writeIndicator('"', { space: true });
    let spaces = false;
    for (const [index, char] of chars.entries()) {
      const inner = index > 0 && index < chars.length - 1;
      if (char !== ' ') this.put(escapeChar(char));
      else if (foldable && !spaces && this.tooLong && inner) {
        this.writeIndent();
        if (chars[index + 1] === ' ') this.put('\\');
      } else this.put(char);
      spaces = char === ' ';
    }
    this.writeIndicator('"');
  }

  /** A block of lines, each ended by a newline; `header` is what follows the bar. */
  writeLiteral(lines: readonly string[], header = ''): void {
    this.writeIndicator(`|${header}`, { space: true });
    this.put('\n');
    for (const [index, line] of lines.entries()) {
      this.indention = this.blank = true;
      if (line !== '') this.writeIndent();
      this.put(line);
      if (index < lines.length - 1) this.put('\n');
    }
    this.put('\n');
    this.indention = this.blank = true;
  }

  private put(text: string): void {
    this.parts.push(text);
    const last = text.at(-1);
    this.column = isBreak(last) ? 0 : this.column + text.length;
  }
}

function escapeChar(char: string): string {
  if (isPrintable(char) && !isBreak(char) && char !== '"' && char !== '\\') return char;
  const short = ESCAPES.get(char);
  if (short) return `\\${short}`;
  const hex = char.codePointAt(0)!.toString(16).toUpperCase();
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
