/** Words of a command line as POSIX quotes them: '...', "..." and backslashes; an open quote takes the rest. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  const pattern = /\s+|'([^']*)'?|"((?:[^"\\]|\\[\s\S])*)"?|\\([\s\S])|[^\s'"\\]+|\\$/gy;
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
