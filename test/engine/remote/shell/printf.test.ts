import { describe, expect, test } from '@jest/globals';
import { printfWord } from '../../../../src/engine/remote/shell/printf.ts';
import { pseudoRandom, runIn, SHELLS } from '../shells.ts';

const random = pseudoRandom(3);
const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
const CASES: readonly (readonly [string, Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['every byte', every],
  ['every pair with a NUL', Buffer.concat([...every].map((byte) => Buffer.from([byte, 0, byte, 0x30])))],
  ['UTF-8', Buffer.from('naïve — 漢字 😀 \u0085\u0001 \\0 \\c %s \'"')],
  ['digits after escapes', Buffer.from('\x001\x0177\\0123')],
  ['random bytes', Buffer.from(Array.from({ length: 50_000 }, () => random(256)))],
  ['a long text', Buffer.from("it's a line\\n\n".repeat(20_000))],
];

describe.each(SHELLS.map((shell) => [shell.join(' '), shell] as const))('printf %%b in %s', (_name, shell) => {
  test.each(CASES)('%s', (_case, bytes) => {
    expect(runIn(shell, `printf %b ${printfWord(bytes)}`).equals(bytes)).toBe(true);
  });
});
