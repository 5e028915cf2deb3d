import { fail } from '../../values.ts';

export interface IniOptions {
  readonly caseSensitive?: boolean;
  /** A line may hold a key alone; its value is then null. */
  readonly allowNoValue?: boolean;
}

export type IniSections = Map<string, Map<string, string | null>>;

const DEFAULTS = 'DEFAULT';

/**
 * Sections of an INI text as Python's configparser reads it, without interpolation: `=` or `:`, comments by `#` and `;`
 * on lines of their own, values continued by indentation. What `[DEFAULT]` says counts in every section.
 */
export function parseIni(text: string, options: IniOptions = {}): IniSections {
  const sections: IniSections = new Map();
  let section: Map<string, string | null> | undefined;
  let key: string | undefined;
  let indent = 0;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const depth = line.length - line.trimStart().length;
    if (section && key !== undefined && depth > indent) {
      section.set(key, `${section.get(key) ?? ''}\n${line.trim()}`);
      continue;
    }
    indent = depth;
    const header = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) {
      section = sections.get(header) ?? new Map();
      sections.set(header, section);
      key = undefined;
      continue;
    }
    if (!section) return fail(`File contains no section headers: line ${index + 1}: ${line.trim()}`);
    const [, name, value] = /^\s*([^=:]+?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined && !options.allowNoValue)
      return fail(`a line without a value: line ${index + 1}: ${line.trim()}`);
    const written = name ?? line.trim();
    key = options.caseSensitive ? written : written.toLowerCase();
    if (section.has(key))
      fail(`option '${key}' stands twice in section '${[...sections].find(([, each]) => each === section)?.[0]}'`);
    section.set(key, name === undefined ? null : value!);
  }
  return withDefaults(sections);
}

function withDefaults(sections: IniSections): IniSections {
  const defaults = sections.get(DEFAULTS);
  if (!defaults) return sections;
  sections.delete(DEFAULTS);
  return new Map([...sections].map(([name, section]) => [name, new Map([...defaults, ...section])]));
}
