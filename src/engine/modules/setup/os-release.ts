/** Reads `KEY=value` lines as a shell would; keys in lower case as they are looked up. */
export function parseOsRelease(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, key, value] = /^\s*([A-Za-z0-9_]+)=(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined) fields.set(key.toLowerCase(), unquote(value!));
  }
  return fields;
}

function unquote(value: string): string {
  const [, , inner] = /^(["'])(.*)\1$/.exec(value) ?? [];
  return (inner ?? value).replace(/\\(.)/g, '$1');
}

/** `CentOS Linux release 7.9.2009 (Core)`: name, version, code name. */
export function parseReleaseLine(line: string): { version: string; codename: string } {
  const [, version = '', codename = ''] =
    /^(?:[^\d]*?)(?:\brelease\s+|\bSTL\s+)?([\d.+\-a-z]*\d[\d.+\-a-z]*)\s*(?:\(([^()]*)\))?\s*$/.exec(line.trim()) ??
    [];
  return { version, codename };
}
