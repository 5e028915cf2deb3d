import type { Dict } from '../../model/value.ts';
import { pyStr } from '../../template/values.ts';
import { text } from './client.ts';

/** What the server keeps of what a connection must have. */
export interface TlsColumns {
  /** Empty, ANY, X509 or SPECIFIED. */
  readonly type: string;
  readonly cipher: string;
  readonly issuer: string;
  readonly subject: string;
}

/** `REQUIRE ...` of SQL for `tls_requires`: `{SSL: }`, `{X509: }`, or `{SUBJECT: .., ISSUER: .., CIPHER: ..}`. */
export function requireClause(wanted: Dict | null): string {
  const said = words(wanted);
  if (said.size === 0) return ' REQUIRE NONE';
  if (said.has('SSL')) return ' REQUIRE SSL';
  if (said.has('X509')) return ' REQUIRE X509';
  return ` REQUIRE ${[...said].map(([word, value]) => `${word} ${text(value)}`).join(' AND ')}`;
}

export function meetsTls(wanted: Dict | null, { type, cipher, issuer, subject }: TlsColumns): boolean {
  const said = words(wanted);
  if (said.size === 0) return type === '';
  if (said.has('SSL')) return type === 'ANY';
  if (said.has('X509')) return type === 'X509';
  const has = { CIPHER: cipher, ISSUER: issuer, SUBJECT: subject };
  return type === 'SPECIFIED' && Object.entries(has).every(([word, value]) => (said.get(word) ?? '') === value);
}

function words(wanted: Dict | null): Map<string, string> {
  return new Map(
    [...(wanted ?? [])].map(([word, value]) => [pyStr(word).toUpperCase(), value === null ? '' : pyStr(value)]),
  );
}
