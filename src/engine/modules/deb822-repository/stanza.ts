import type { Value } from '../../model/value.ts';

/** Arguments that are fields of the stanza, in the order of their names. */
export const fieldNames = [
  'allow_downgrade_to_insecure',
  'allow_insecure',
  'allow_weak',
  'architectures',
  'by_hash',
  'check_date',
  'check_valid_until',
  'components',
  'date_max_future',
  'enabled',
  'inrelease_path',
  'languages',
  'name',
  'pdiffs',
  'signed_by',
  'suites',
  'targets',
  'trusted',
  'types',
  'uris',
] as const;

export type Fields = Readonly<Record<(typeof fieldNames)[number], Value>>;

/** The text of a `.sources` file, a field a line. */
export function stanzaText(fields: Fields): string {
  return fieldNames
    .filter((name) => fields[name] !== null)
    .map((name) => {
      const text = fieldText(fields[name]);
      return `${fieldTitle(name)}:${text.startsWith('\n') || text === '' ? text : ` ${text}`}\n`;
    })
    .join('');
}

function fieldTitle(name: string): string {
  if (name === 'name') return 'X-Repolib-Name';
  if (name === 'uris') return 'URIs';
  return name
    .split('_')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('-');
}

/** Several lines are indented, and an empty one among them is a dot. */
function fieldText(value: Value): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join(' ');
  const text = String(value);
  if (!text.includes('\n')) return text;
  const lines = text.trim().split('\n');
  return `\n${lines.map((line) => `    ${line.trim() || '.'}`).join('\n')}`;
}

/** A name as a file name. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[_\s]+/g, '-')
    .replace(/[^a-z0-9-]+/g, '');
}
