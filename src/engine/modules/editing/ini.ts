/** What an INI file is to say. */
export interface IniWish {
  /** Null for the lines before the first section. */
  readonly section: string | null;
  readonly option: string | null;
  readonly values: readonly string[];
  readonly present: boolean;
  /** The values are all that the option has. */
  readonly exclusive: boolean;
  readonly noExtraSpaces: boolean;
  readonly allowNoValue: boolean;
  /** A line that is commented out counts as the option and comes to life. */
  readonly modifyInactive: boolean;
  /** A line that differs only in blanks around its `=` stays. */
  readonly ignoreSpaces: boolean;
}

export interface IniEdited {
  readonly lines: readonly string[];
  /** Ansible's words for what was done; `OK` for nothing. */
  readonly msg: string;
}

/** A line of a section while it is worked on; `settled` once it is as it shall be. */
interface Line {
  text: string;
  settled: boolean;
}

/** Edits the lines of an INI file, each with its line end. Comments, order and what else stands there are kept. */
export function editIni(lines: readonly string[], wish: IniWish): IniEdited {
  const bounds = sectionBounds(lines, wish.section);
  if (!bounds) return wish.present ? addSection(lines, wish) : { lines, msg: 'OK' };
  const [start, end] = bounds;
  const section = lines.slice(start, end).map((text): Line => ({ text, settled: false }));
  const edited = wish.present ? setOption(section, wish) : removeFrom(section, wish);
  return { lines: [...lines.slice(0, start), ...edited.lines, ...lines.slice(end)], msg: edited.msg };
}

/** First and last line (exclusive) of the section, its heading included. */
function sectionBounds(lines: readonly string[], section: string | null): [number, number] | undefined {
  const start = section === null ? 0 : lines.findIndex((line) => line.startsWith(`[${section}]`));
  if (start < 0) return undefined;
  const from = section === null ? 0 : start + 1;
  const length = lines.slice(from).findIndex((line) => line.startsWith('['));
  return [start, length < 0 ? lines.length : from + length];
}

function addSection(lines: readonly string[], wish: IniWish): IniEdited {
  const added = missingLines(wish, wish.values);
  const msg = added.length > 0 ? 'section and option added' : 'only section added';
  return { lines: [...lines, `[${wish.section}]\n`, ...added], msg };
}

/** Lines for values that no line has yet; the bare option where it needs no value. */
function missingLines(wish: IniWish, values: readonly string[]): string[] {
  if (wish.option === null) return [];
  if (values.length > 0) return values.map((value) => assignment(wish, value));
  return wish.allowNoValue ? [`${wish.option}\n`] : [];
}

function assignment({ option, noExtraSpaces }: IniWish, value: string): string {
  return noExtraSpaces ? `${option}=${value}\n` : `${option} = ${value}\n`;
}

function setOption(section: Line[], wish: IniWish): IniEdited {
  const { option } = wish;
  if (option === null) return { lines: texts(section), msg: 'OK' };
  const values = [...wish.values];
  let msg = 'OK';
  const settle = (line: Line, text: string) => {
    const same = wish.ignoreSpaces && sameSetting(line.text, text);
    if (!same && line.text !== text) {
      line.text = text;
      msg = 'option changed';
    }
    line.settled = true;
  };
  const named = section.filter((line) => settingOf(line.text, option, wish.modifyInactive) !== undefined);
  for (const line of named) {
    const at = values.indexOf(settingOf(line.text, option, wish.modifyInactive) ?? '');
    const [value] = at < 0 ? [] : values.splice(at, 1);
    if (value !== undefined) settle(line, value === '' && wish.allowNoValue ? `${option}\n` : assignment(wish, value));
    else if (wish.values.length === 0 && wish.allowNoValue && !section.some(({ settled }) => settled))
      settle(line, `${option}\n`);
  }
  let left = section;
  if (wish.exclusive && !wish.allowNoValue) {
    for (const line of named) if (!line.settled && values.length > 0) settle(line, assignment(wish, values.shift()!));
    left = section.filter((line) => line.settled || !named.includes(line));
    if (left.length < section.length) msg = 'option changed';
  }
  const bare = wish.values.length === 0 && left.some(({ settled }) => settled);
  const added = bare || (wish.values.length > 0 && values.length === 0) ? [] : missingLines(wish, values);
  if (added.length === 0) return { lines: texts(left), msg };
  const at = left.findLastIndex(({ text }) => !/^[ \t]*([#;].*)?$/.test(text.replace(/\n$/, ''))) + 1;
  return { lines: [...texts(left.slice(0, at)), ...added, ...texts(left.slice(at))], msg: 'option added' };
}

function removeFrom(section: readonly Line[], { option, values, exclusive }: IniWish): IniEdited {
  if (option === null) return { lines: [], msg: section.length > 0 ? 'section removed' : 'OK' };
  const kept = section.filter(({ text }) => {
    const value = settingOf(text, option, false);
    return value === undefined || (!exclusive && !values.includes(value));
  });
  return { lines: texts(kept), msg: kept.length < section.length ? 'option changed' : 'OK' };
}

function texts(lines: readonly Line[]): string[] {
  return lines.map(({ text }) => text);
}

/** The value that a line gives the option; empty where it has none, undefined if the line is another's. */
function settingOf(line: string, option: string, inactive: boolean): string | undefined {
  const active = inactive ? line.replace(/^[#;]/, '') : line;
  const text = active.replace(/^[ \t]*/, '').replace(/\n$/, '');
  if (!text.startsWith(option)) return undefined;
  const rest = text.slice(option.length).replace(/^[ \t]*/, '');
  if (rest === '') return '';
  return rest.startsWith('=') ? rest.slice(1).replace(/^[ \t]*/, '') : undefined;
}

function sameSetting(a: string, b: string): boolean {
  const plain = (line: string) => line.trim().replace(/[ \t]*=[ \t]*/, '=');
  return plain(a) === plain(b);
}
