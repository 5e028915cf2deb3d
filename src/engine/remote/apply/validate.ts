import type { Script } from '../../model/script.ts';
import { join, sh } from '../quote.ts';

/** Runs the command that must accept `$t` before it is moved; `%s` in it is the file. No shell interprets the words. */
export function validation(command: string): Script {
  const words = splitWords(command).map((text) =>
    join(
      text.split('%s').map((part) => sh`${part}`),
      '"$t"',
    ),
  );
  const run = join(words, ' ');
  return sh`{ o=$(${run} 2>&1 </dev/null) || { e=$?; printf 'failed to validate: rc:%s error:%s\n' "$e" "$o" >&2; false; }; }`;
}

/** Words of a command line as POSIX quotes them: '...', "..." and backslashes; an open quote takes the rest. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  const pattern = /\s+|'([^']*)'?|"((?:[^"\\]|\\[^])*)"?|\\([^])|[^\s'"\\]+|\\$/gy;
  for (const match of text.matchAll(pattern)) {
    const [whole, single, double, escaped] = match;
    if (/^\s/.test(whole)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word = (word ?? '') + (single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? whole);
  }
  if (word !== undefined) words.push(word);
  return words;
}
