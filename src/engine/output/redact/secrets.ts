/** Values that must never be shown; grows while the run goes on. */
export class Secrets {
  private readonly values = new Set<string>();
  private readonly forms = new Set<string>();
  /** Of all forms; made when it is needed next. */
  private pattern: RegExp | undefined;
  private told: (value: string) => void = () => {};

  /** Shorter values would hide harmless text everywhere and protect nothing. */
  static readonly SHORTEST = 4;

  add(value: string): void {
    if (value.length < Secrets.SHORTEST || this.values.has(value)) return;
    this.values.add(value);
    for (const form of formsOf(value)) this.forms.add(form);
    this.pattern = undefined;
    this.told(value);
  }

  /** Somebody is told of each one that is new from now on. */
  follow(told: (value: string) => void): void {
    this.told = told;
  }

  get empty(): boolean {
    return this.forms.size === 0;
  }

  redact(text: string): string {
    if (this.empty || text.length < Secrets.SHORTEST) return text;
    this.pattern ??= anyOf(this.forms);
    return text.replace(this.pattern, HIDDEN);
  }
}

const HIDDEN = '********';

/** The longest first, so that of two secrets that begin alike no rest is left. */
function anyOf(forms: ReadonlySet<string>): RegExp {
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((text) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|'), 'g');
}

/**
 * The value itself, each of its lines, and as JSON, a URL, base64 (at each of three alignments, and in its URL spelling)
 * and hex would carry it.
 */
function formsOf(value: string): string[] {
  const lines = value.includes('\n') ? value.split('\n').map((line) => line.trim()) : [];
  const all = [value, value.trim(), ...lines].flatMap(spellings);
  return all.filter((form) => form.length >= Secrets.SHORTEST);
}

function spellings(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const ascii = json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  // In a result that is shown as JSON, a text that holds JSON is escaped once more.
  const nested = JSON.stringify(json).slice(1, -1);
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  return [value, json, ascii, nested, urlOf(value), hex, hex.toUpperCase(), ...base64Of(bytes)];
}

function urlOf(value: string): string {
  return encodeURIComponent(Buffer.from(value).toString());
}

/** What stands in base64 whatever is around it: characters that hold other bits too are left off. */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const bits = (before + bytes.length) * 8;
    const whole = text.slice(Math.ceil((before * 8) / 6), Math.floor(bits / 6));
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
