/** The text with as many newlines at its end as `source` has there, which the template's tags may have taken. */
export function withNewlines(text: string, source: string, newline = '\n'): string {
  if (!source.endsWith('\n')) return text;
  const missing = countNewlines(source) - countNewlines(newline === '\n' ? text : text.replaceAll(newline, '\n'));
  return missing > 0 ? text + newline.repeat(missing) : text;
}

function countNewlines(text: string): number {
  let count = 0;
  while (text[text.length - 1 - count] === '\n') count += 1;
  return count;
}
