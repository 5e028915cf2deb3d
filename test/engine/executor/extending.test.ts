import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { messages, runFiles } from './support.ts';

/** Files that docs/extending.md shows: each block that begins with a path in a comment. */
function shownFiles(): Record<string, string> {
  const page = readFileSync('docs/extending.md', 'utf8');
  const blocks = [...page.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, text]) => text ?? '');
  return Object.fromEntries(
    blocks.flatMap((text) => {
      const [, path] = /^(?:#|\/\/) (\S+\.\w+|library\/\w+)$/m.exec(text) ?? [];
      return path === undefined ? [] : [[path, text]];
    }),
  );
}

test.each([
  { playbook: 'play.yml', says: ['a: hello world'] },
  { playbook: 'plugins.yml', says: ['a: HELLO!! True me on a'] },
])('$playbook of docs/extending.md', async ({ playbook, says }) => {
  const files = shownFiles();
  const ran = await runFiles({ ...files, 'play.yml': files[playbook]! }, ['-l', 'a']);
  expect(messages(ran)).toEqual(says);
  expect(ran.code).toBe(0);
});
