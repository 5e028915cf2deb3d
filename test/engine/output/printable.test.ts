import { describe, expect, test } from '@jest/globals';
import { printable } from '../../../src/engine/output/printable.ts';

const BYTES = Array.from({ length: 256 }, (_, code) => code);
const KEPT_LINE_ENDS = new Set([0x09, 0x0a]);

function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}

describe('every byte', () => {
  test.each(BYTES)('0x%i acts on no terminal', (code) => {
    const shown = printable(`a${String.fromCharCode(code)}b`);
    if (KEPT_LINE_ENDS.has(code)) expect(shown).toBe(`a${String.fromCharCode(code)}b`);
    else expect([...shown].some((character) => isControl(character.charCodeAt(0)))).toBe(false);
    if (code >= 0x20 && code < 0x7f) expect(shown).toBe(`a${String.fromCharCode(code)}b`);
  });

  test.each(BYTES)('0x%i makes no second line where one is meant', (code) => {
    const shown = printable(`a${String.fromCharCode(code)}b`, { multiline: false });
    expect([...shown].some((character) => isControl(character.charCodeAt(0)))).toBe(false);
    expect(shown.startsWith('a') && shown.endsWith('b')).toBe(true);
  });
});

test.each([
  ['a clear screen', '\u001b[2J', '\\x1b[2J'],
  ['a title by OSC', '\u001b]0;x\u0007', '\\x1b]0;x\\x07'],
  ['a C1 introducer', '\u009b1m', '\\u009b1m'],
  ['a carriage return', 'ok\rfatal', 'ok\\rfatal'],
  ['backspaces', 'ok\b\bno', 'ok\\x08\\x08no'],
  ['next line', 'a\u0085b', 'a\\u0085b'],
  ['a line separator', 'a\u2028b', 'a\\u2028b'],
  ['right to left override', 'a\u202eb', 'a\\u202eb'],
  ['an isolate', 'a\u2066b\u2069', 'a\\u2066b\\u2069'],
  ['Arabic letter mark', 'a\u061cb', 'a\\u061cb'],
  ['zero width space', 'a\u200bb', 'a\\u200bb'],
  ['byte order mark', '\ufeffa', '\\ufeffa'],
  ['tag characters', 'a\u{e0041}', 'a\\udb40\\udc41'],
])('%s is shown', (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test.each(['Grüße', '日本語', 'emoji 👩‍👧 family', 'café', 'שלום', 'تحية', '½ € ☺'])('%s stays', (text) => {
  expect(printable(text, { multiline: false })).toBe(text);
});

test('line ends are kept only where they may be', () => {
  expect(printable('a\n\tb')).toBe('a\n\tb');
  expect(printable('a\n\tb', { multiline: false })).toBe('a\\n\\tb');
});

test('what JSON leaves as it is stays JSON', () => {
  const text = '\u007f\u009b\u202e\u2028\u{e0041}';
  expect(JSON.parse(printable(JSON.stringify({ text })))).toEqual({ text });
});
