/** The content of a file or a block of Terraform's language; expressions are kept as they are written. */
export interface Body {
  readonly attributes: ReadonlyMap<string, string>;
  readonly blocks: readonly Block[];
}

/** `resource "aws_lb" "api" { ... }` */
export interface Block extends Body {
  readonly type: string;
  readonly labels: readonly string[];
}

const SPACE = /(?:\s|#[^\n]*)*/y;
const NAME = /[\w-]+/y;
const LABEL = /[ \t]*"([^"]*)"/y;
const EQUALS = /[ \t]*=(?!=)[ \t]*/y;
const OPENING = /[ \t]*\{/y;

/** Reads text that `terraform fmt` finds well formed; here-documents and block comments are not known. Throws Error. */
export function readHcl(text: string): Body {
  const reader = new Reader(text);
  const body = reader.body();
  if (!reader.isAtEnd()) throw new Error(`unexpected "${text.slice(reader.at, reader.at + 20)}"`);
  return body;
}

class Reader {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    return this.at === this.#text.length;
  }

  body(): Body {
    const attributes = new Map<string, string>();
    const blocks: Block[] = [];
    for (;;) {
      this.#match(SPACE);
      const name = this.#match(NAME)?.[0];
      if (name === undefined) return { attributes, blocks };
      if (this.#match(EQUALS)) attributes.set(name, this.#expression());
      else blocks.push(this.#block(name));
    }
  }

  #block(type: string): Block {
    const labels: string[] = [];
    for (let label = this.#match(LABEL); label; label = this.#match(LABEL)) labels.push(label[1]!);
    if (!this.#match(OPENING)) throw new Error(`${type} ${labels.join(' ')}: "{" is missing`);
    const body = this.body();
    if (this.#text[this.at++] !== '}') throw new Error(`${type} ${labels.join(' ')}: "}" is missing`);
    return { type, labels, ...body };
  }

  /** To the end of the line, or further while a bracket is open. */
  #expression(): string {
    const start = this.at;
    for (let depth = 0; this.at < this.#text.length; this.at++) {
      const char = this.#text[this.at]!;
      if (char === '"') this.#skipString();
      else if ('([{'.includes(char)) depth++;
      else if (')]}'.includes(char)) depth--;
      else if (char === '\n' && depth === 0) break;
    }
    return this.#text.slice(start, this.at);
  }

  /** Leaves `at` on the closing quote. Expressions within a text may have texts of their own. */
  #skipString(): void {
    for (this.at++; this.#text[this.at] !== '"'; this.at++) {
      if (this.at >= this.#text.length) throw new Error('a text is not closed');
      if (this.#text[this.at] === '\\') this.at++;
      else if (this.#text.startsWith('${', this.at)) this.#skipInterpolation();
    }
  }

  #skipInterpolation(): void {
    for (this.at += 2; this.#text[this.at] !== '}'; this.at++) {
      if (this.#text[this.at] === '"') this.#skipString();
    }
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }
}
