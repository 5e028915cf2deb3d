/** Values that must never be shown; grows while the run goes on. */
export class Secrets {
  private readonly values = new Set<string>();
  private pattern: RegExp | undefined;

  /** Shorter values would hide harmless text everywhere and protect nothing. */
  static readonly SHORTEST = 4;

  add(value: string): void {
    if (value.length < Secrets.SHORTEST || this.values.has(value)) return;
    for (const form of forms(value)) this.values.add(form);
    const longestFirst = [...this.values].sort((a, b) => b.length - a.length);
    this.pattern = new RegExp(longestFirst.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  }

  get empty(): boolean {
    return this.pattern === undefined;
  }

  redact(text: string): string {
    return this.pattern ? text.replace(this.pattern, '********') : text;
  }
}

/** The value itself and as JSON, base64 (at each alignment) and hex would carry it. */
function forms(value: string): string[] {
  const bytes = Buffer.from(value);
  const json = JSON.stringify(value).slice(1, -1);
  const base64 = [0, 1, 2].map((pad) => {
    const text = Buffer.concat([Buffer.alloc(pad), bytes]).toString('base64');
    return text.slice(pad ? 4 : 0, -4);
  });
  return [value, json, bytes.toString('hex'), ...base64].filter((form) => form.length >= Secrets.SHORTEST);
}
