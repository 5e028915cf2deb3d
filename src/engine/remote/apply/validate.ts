import type { Script } from '../../model/script.ts';
import { join, sh } from '../quote.ts';
import { splitWords } from '../words.ts';

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
