import { PassThrough } from 'node:stream';
import { expect, jest, test } from '@jest/globals';
import { readLine } from '../../../src/cli/run/prompt.ts';

const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);

test.each([
  ['a line', ['answer\n'], 'answer'],
  ['a line in pieces, and more', ['ans', 'wer\nnext\n'], 'answer'],
  ['a line that does not end', ['answer'], 'answer'],
  ['nothing', [], ''],
])('%s', async (_name, chunks, answer) => {
  const input = new PassThrough();
  const reading = readLine(input, false, undefined);
  for (const chunk of chunks) input.write(chunk);
  input.end();
  expect(await reading).toBe(answer);
});

test('what is typed in secret is followed by the newline that nobody saw', async () => {
  written.mockClear();
  const input = new PassThrough();
  input.end('secret\n');
  await readLine(input, false, undefined);
  expect(written.mock.calls).toEqual([['\n']]);
});
