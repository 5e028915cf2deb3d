import type { Value } from '../../model/value.ts';
import { checkSize } from '../values/fail.ts';
import { pyStr } from '../values/repr.ts';

/** Text in the making. */
export class Output {
  private readonly parts: string[] = [];
  private size = 0;
  /** The value of the first part, as long as there is no other. */
  private first: Value | undefined;
  private firstIsText = false;
  private readonly printNone: string;
  /** Set once a template has named the one it extends: what stands outside of blocks is then dropped. */
  muted = false;

  /** @param printNone what None prints */
  constructor(printNone = '') {
    this.printNone = printNone;
  }

  write(text: string): void {
    this.size += text.length;
    checkSize(this.size);
    this.parts.push(text);
  }

  /** `{{ value }}`. `isText`: a filter made it text on purpose. */
  print(value: Value, isText = false): void {
    if (this.parts.length === 0) [this.first, this.firstIsText] = [value, isText];
    this.write(printed(value, this.printNone));
  }

  text(): string {
    return this.parts.length === 1 ? (this.parts[0] as string) : this.parts.join('');
  }

  /** Whether all of it is one value that is text on purpose. */
  get isText(): boolean {
    return this.firstIsText && this.parts.length === 1;
  }

  /** What was printed if it was one value and no more, its text if there were several; None for nothing at all. */
  value(): Value {
    if (this.parts.length === 0) return null;
    return this.parts.length === 1 && this.first !== undefined ? this.first : this.text();
  }
}

/** What `{{ }}` prints. */
export function printed(value: Value, none = ''): string {
  if (typeof value === 'string') return value;
  if (value === null) return none;
  return pyStr(value);
}
