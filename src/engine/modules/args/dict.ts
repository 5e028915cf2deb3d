import type { Dict } from '../../model/value.ts';

/**
 * A dict argument written as text: `a=1, b="two words"`. Fields end at blanks and commas outside quotes.
 * Undefined if a field has no `=`.
 */
export function parseDict(text: string): Dict | undefined {
  const dict: Dict = new Map();
  for (const field of splitFields(text.trim())) {
    const at = field.indexOf('=');
    if (at < 0) return undefined;
    dict.set(field.slice(0, at), field.slice(at + 1));
  }
  return dict;
}

function splitFields(text: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quote = '';
  let escaped = false;
  for (const char of text) {
    if (escaped) {
      field += char;
      escaped = false;
    } else if (char === '\\') escaped = true;
    else if (!quote && (char === '"' || char === "'")) quote = char;
    else if (quote && char === quote) quote = '';
    else if (!quote && (char === ',' || char === ' ')) {
      fields.push(field);
      field = '';
    } else field += char;
  }
  fields.push(field);
  return fields.filter((one) => one !== '');
}
