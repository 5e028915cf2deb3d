/** Properties as `systemctl show` prints them. Only those named `Exec...` may go over several lines, in braces. */
export function parseShow(text: string): Map<string, string> {
  const properties = new Map<string, string>();
  let open: { key: string; lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    if (open) {
      open.lines.push(line);
      if (!line.trimEnd().endsWith('}')) continue;
      properties.set(open.key, open.lines.join('\n').trim());
      open = undefined;
      continue;
    }
    const at = line.indexOf('=');
    if (at < 0) continue;
    const [key, value] = [line.slice(0, at), line.slice(at + 1)];
    if (key.startsWith('Exec') && value.trimStart().startsWith('{') && !value.trimEnd().endsWith('}')) {
      open = { key, lines: [value] };
    } else properties.set(key, value.trim());
  }
  return properties;
}
