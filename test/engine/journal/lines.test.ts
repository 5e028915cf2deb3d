import { expect, test } from '@jest/globals';
import { LineMaker, readLines } from '../../../src/engine/journal/lines.ts';
import type { Entry } from '../../../src/engine/journal/records.ts';
import { Seal } from '../../../src/engine/vault/seal.ts';

const seal = new Seal(Buffer.alloc(32, 1));
const entries: Entry[] = [1, 2, 3].map((time) => ({ kind: 'resume', time, pid: 7 }));

function written(): string {
  const maker = new LineMaker(seal);
  return entries.map((entry) => maker.line(entry)).join('');
}

const read = (text: string, by = seal) => readLines(text, 'journal.ndjson', by);

test('what was written is read', () => {
  expect(read(written()).entries).toMatchObject(entries);
});

test('writing goes on after the last line', () => {
  const text = written();
  const more = new LineMaker(seal, read(text).last).line({ kind: 'resume', time: 4, pid: 8 });
  expect(read(text + more).entries).toHaveLength(4);
});

test.each([1, 10, 40])('a last line that lacks %d characters is left out', (lost) => {
  const text = written();
  const torn = read(text.slice(0, -lost));
  expect(torn.entries).toHaveLength(2);
  expect(torn.length).toBe(text.split('\n').slice(0, 2).join('\n').length + 1);
});

const [one = '', two = '', three = ''] = written().split('\n');

test.each<[string, string, number]>([
  ['a changed character', [one, two.replace('"time":2', '"time":9'), three, ''].join('\n'), 2],
  ['a lost line', [one, three, ''].join('\n'), 2],
  ['two lines that changed places', [one, three, two, ''].join('\n'), 2],
  ['a line twice', [one, one, two, three, ''].join('\n'), 2],
  ['a line of nobody', [one, '{"kind":"resume","time":1,"pid":1}', ''].join('\n'), 2],
  ['garbage', 'x\n', 1],
])('%s is found, with its line', (_, text, line) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ position: { file: 'journal.ndjson', line, column: 1 } }));
});

test('a journal of another key is refused', () => {
  expect(() => read(written(), new Seal(Buffer.alloc(32, 2)))).toThrow(/another key/);
});
