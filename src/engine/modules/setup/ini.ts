/**
 * Reads INI text as Python's configparser does: option names in lower case, `=` or `:`, continued lines,
 * `DEFAULT` in every section, `%(name)s` replaced. Undefined if it is no INI; `unfilled` if a `%` in it is wrong.
 */
export function parseIni(text: string): Map<string, Map<string, string>> | 'unfilled' | undefined {
  const sections = new Map<string, Map<string, string>>();
  const defaults = new Map<string, string>();
  let section: Map<string, string> | undefined;
  let option: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    if (/^\s/.test(line) && section && option !== undefined) {
      section.set(option, `${section.get(option)}\n${line.trim()}`);
      continue;
    }
    const heading = /^\[(.+)\]/.exec(line.trim())?.[1];
    if (heading !== undefined) {
      if (sections.has(heading)) return undefined;
      section = heading === 'DEFAULT' ? defaults : new Map();
      if (heading !== 'DEFAULT') sections.set(heading, section);
      option = undefined;
      continue;
    }
    const [, name, value] = /^(.*?)\s*[=:]\s*(.*)$/.exec(line.trim()) ?? [];
    if (!section || !name) return undefined;
    option = name.toLowerCase();
    if (section.has(option)) return undefined;
    section.set(option, value!.trim());
  }
  return interpolate(sections, defaults);
}

function interpolate(
  sections: ReadonlyMap<string, ReadonlyMap<string, string>>,
  defaults: ReadonlyMap<string, string>,
): Map<string, Map<string, string>> | 'unfilled' {
  const result = new Map<string, Map<string, string>>();
  for (const [name, own] of sections) {
    const options = new Map([...own, ...[...defaults].filter(([key]) => !own.has(key))]);
    const filled = new Map<string, string>();
    for (const [key, value] of options) {
      const text = fill(value, options, 0);
      if (text === undefined) return 'unfilled';
      filled.set(key, text);
    }
    result.set(name, filled);
  }
  return result;
}

const deepest = 10;

function fill(value: string, options: ReadonlyMap<string, string>, depth: number): string | undefined {
  if (depth > deepest) return undefined;
  let bad = false;
  const text = value.replace(/%(%|\((.*?)\)s|)/g, (_, mark: string, name: string | undefined) => {
    if (mark === '%') return '%';
    const inner = name === undefined ? undefined : options.get(name.toLowerCase());
    const filled = inner === undefined ? undefined : fill(inner, options, depth + 1);
    if (filled === undefined) bad = true;
    return filled ?? '';
  });
  return bad ? undefined : text;
}
