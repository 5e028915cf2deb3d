import { COLON, isBlankOrEnd, TAB } from './characters.ts';
import type { Reader } from './reader.ts';

/** Refuses a character that cannot begin an unquoted text, and says what to do. */
export function checkPlainStart(reader: Reader): void {
  const char = reader.text[reader.pos]!;
  if (reader.code() === TAB) reader.fail('a tab is used for indentation', 'indent with spaces');
  if (char === '%' || char === '@' || char === '`') {
    reader.fail(`a value may not begin with "${char}"`, 'quote the value');
  }
  if (char === '|' || char === '>') reader.fail(`"${char}" may not stand within [] or {}`, 'quote the value');
  if (char === '&' || char === '!') reader.fail(`a second "${char}" before one value`, 'quote the value');
  if ((char === '-' || char === '?' || char === ':') && isBlankOrEnd(reader.code(1))) {
    reader.fail(`"${char}" is misplaced`, 'quote the value if it is a plain text');
  }
  if (char === ']' || char === '}' || char === ',') {
    reader.fail(`"${char}" without anything that it could end`, 'quote the value if it is a plain text');
  }
}

/** `{{ x }}` without quotes begins a mapping for YAML. */
export function failTemplate(reader: Reader): never {
  reader.fail('a value that begins with "{{" must be quoted', 'write "{{ ... }}" with quotes around the whole value');
}

/** A key where none may be: `key: value: more`, or on a line that goes on with the value before it (`firstLine`). */
export function failNestedMapping(reader: Reader, firstLine = reader.line): never {
  if (firstLine !== reader.line) {
    reader.fail(
      `mapping values are not allowed here: this line goes on with the value of line ${firstLine}`,
      'check the indentation',
    );
  }
  reader.fail(
    'mapping values are not allowed here: a second ": " in one value',
    'quote the value if it holds a colon, or check the indentation',
  );
}

/** A text stands where a key is wanted. */
export function failMissingColon(reader: Reader, text: string, position = reader.position()): never {
  const short = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  const hint = /^[^\s:]+:\S/.test(text)
    ? 'put a space after the colon'
    : 'write "key: value", or check the indentation';
  reader.fail(`expected ":" after the key "${short.replace(/\s+/g, ' ')}"`, hint, position);
}

/** Something stands behind a finished value. */
export function failAfterValue(reader: Reader): never {
  const lead = reader.text.slice(reader.lineStart, reader.pos);
  if (/^\s*\t\s*$/.test(lead) || reader.code() === TAB) {
    reader.fail('a tab is used for indentation', 'indent with spaces');
  }
  if (reader.code() === COLON) failNestedMapping(reader);
  if (lead.trim() === '') reader.fail('this line is indented otherwise than its neighbours', 'check the indentation');
  reader.fail('text follows a finished value', 'put the whole value in quotes, and escape quotes within it');
}
