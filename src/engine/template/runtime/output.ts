import { checkSize } from '../values/fail.ts';

/** Text in the making. */
export class Output {
  private readonly parts: string[] = [];
  private size = 0;
  /** Set once a template has named the one it extends: what stands outside of blocks is then dropped. */
  muted = false;

  write(text: string): void {
    this.size += text.length;
    checkSize(this.size);
    this.parts.push(text);
  }

  text(): string {
    return this.parts.length === 1 ? (this.parts[0] as string) : this.parts.join('');
  }
}
