import { describe, expect, test } from '@jest/globals';
import { MarkerReader } from '../../../../src/engine/remote/shell/markers.ts';
import { pseudoRandom } from '../shells.ts';

const NONCE = 'a1a1b2';

function read(chunks: readonly Buffer[]): string[] {
  const seen: string[] = [];
  const reader = new MarkerReader(
    NONCE,
    (chunk) => {
      const last = seen.at(-1);
      if (last?.startsWith('data ')) seen[seen.length - 1] = last + chunk.toString('latin1');
      else seen.push(`data ${chunk.toString('latin1')}`);
    },
    (text) => seen.push(`mark ${text}`),
  );
  for (const chunk of chunks) reader.push(chunk);
  return seen;
}

describe('MarkerReader', () => {
  test.each([
    ['data alone', 'hello', ['data hello']],
    ['a marker alone', 'a1a1b2:0:e:0;\n', ['mark 0:e:0']],
    ['data without a newline before a marker', 'xa1a1b2:0:e:0;\ny', ['data x', 'mark 0:e:0', 'data y']],
    ['two markers', 'a1a1b2:1;\na1a1b2:2;\n', ['mark 1', 'mark 2']],
    ['what looks like the beginning of one', 'a1a1a1b2:1;\n', ['data a1', 'mark 1']],
    ['another nonce', 'a1a1b3:0:e:0;\n', ['data a1a1b3:0:e:0;\n']],
    ['a NUL and odd bytes', '\0\xff\xfea1a1b2:1;\n', ['data \0\xff\xfe', 'mark 1']],
  ])('%s, in one piece and byte by byte', (_name, text, expected) => {
    const bytes = Buffer.from(text, 'latin1');
    expect(read([bytes])).toEqual(expected);
    expect(read([...bytes].map((byte) => Buffer.from([byte])))).toEqual(expected);
  });

  test('any cut gives the same', () => {
    const random = pseudoRandom(11);
    const alphabet = ['a1', 'b2', ':', ';\n', '0', 'a1a1b2', 'a1a1b2:7:e:0;\n'];
    for (let round = 0; round < 500; round++) {
      const text = Buffer.from(`${Array.from({ length: 30 }, () => alphabet[random(alphabet.length)]).join('')};\n`);
      const whole = read([text]);
      const cuts: Buffer[] = [];
      for (let at = 0; at < text.length; ) {
        const next = at + 1 + random(9);
        cuts.push(text.subarray(at, next));
        at = next;
      }
      expect(read(cuts)).toEqual(whole);
    }
  });

  test('the beginning of a marker is held back, not lost', () => {
    expect(read([Buffer.from('xa1a1')])).toEqual(['data x']);
    expect(read([Buffer.from('xa1a1'), Buffer.from('!')])).toEqual(['data xa1a1!']);
  });
});
