/** One key of an authorized_keys file. */
export interface AuthorizedKey {
  readonly type: string;
  /** The key itself, in base64. */
  readonly data: string;
  readonly comment: string;
  /** In order; null for an option without a value. */
  readonly options: readonly (readonly [name: string, value: string | null])[];
}

const keyType =
  /^(sk-|webauthn-sk-)?(ssh-(ed25519|rsa|dss|xmss)|ecdsa-sha2-nistp(256|384|521)|rsa-sha2-(256|512))(-cert-v01)?(@openssh\.com)?$/;

/** Reads a line; undefined if it holds no key (a comment, an empty line, something else). */
export function parseKeyLine(line: string): AuthorizedKey | undefined {
  if (/^\s*(#|$)/.test(line)) return undefined;
  const words = splitWords(line.replaceAll('\\#', '#'));
  const at = words.findIndex((word) => keyType.test(word));
  const data = words[at + 1];
  if (at < 0 || data === undefined) return undefined;
  const options = parseOptions(words.slice(0, at).join(' '));
  return { type: words[at]!, data, comment: words.slice(at + 2).join(' '), options };
}

/** Words between blanks; quotes, which options have, hold blanks together. */
function splitWords(line: string): string[] {
  return line.trim().match(/(?:"(?:[^"\\]|\\.)*"|[^\s"])+/g) ?? [];
}

/** Options with commas between, as they stand before a key. */
export function parseOptions(text: string): [name: string, value: string | null][] {
  const parts = text.match(/(?:[^,"']|"[^"]*"|'[^']*')+/g) ?? [];
  return parts.map((part) => {
    const at = part.indexOf('=');
    return at < 0 ? [part, null] : [part.slice(0, at), part.slice(at + 1)];
  });
}

/** The line of a key. */
export function keyText({ options, type, data, comment }: AuthorizedKey): string {
  const before = options.map(([name, value]) => (value === null ? name : `${name}=${value}`)).join(',');
  return [before, type, data, comment].filter((part) => part !== '').join(' ');
}
