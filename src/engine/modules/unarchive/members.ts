/** One entry of an archive. */
export interface Member {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link' | 'hardlink' | 'other';
  /** What a link leads to. */
  readonly target?: string;
}

const kinds: Readonly<Record<string, Member['kind']>> = { d: 'directory', l: 'link', h: 'hardlink', '-': 'file' };

/** From the names and the long listing of tar, which have one line for each entry, in one order. */
export function tarMembers(names: readonly string[], listing: readonly string[]): Member[] {
  return names.map((shown, index) => {
    const line = listing[index] ?? '';
    const name = unescapeName(shown);
    const kind = Object.hasOwn(kinds, line[0] ?? '') ? kinds[line[0]!]! : 'other';
    const arrow = kind === 'link' ? ' -> ' : kind === 'hardlink' ? ' link to ' : undefined;
    const at = arrow === undefined ? -1 : line.indexOf(`${shown}${arrow}`);
    return at < 0 || arrow === undefined
      ? { name, kind }
      : { name, kind, target: unescapeName(line.slice(at + shown.length + arrow.length)) };
  });
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** GNU tar shows bytes that are not plain ASCII as C does: `\303\251`, `\n`, `\\`. */
function unescapeName(shown: string): string {
  if (!shown.includes('\\')) return shown;
  const bytes = shown.split(/(\\[0-7]{3}|\\[\\abtnvfr])/).map((part, index) => {
    if (index % 2 === 0) return Buffer.from(part);
    const letter = part[1]!;
    if (/\d/.test(letter)) return Buffer.from([Number.parseInt(part.slice(1), 8) & 0xff]);
    return Buffer.from([escapes[letter] ?? 0x5c]);
  });
  return Buffer.concat(bytes).toString('utf8');
}

/** Why an archive is not unpacked: an entry of it would come to lie outside the folder that it is unpacked in. */
export function escapeProblem(members: readonly Member[]): string | undefined {
  const links = new Set(members.filter(({ kind }) => kind === 'link').map(({ name }) => plainName(name)));
  for (const { name, kind, target } of members) {
    if (climbs(name)) return `"${name}" leads out of the destination`;
    const through = foldersAbove(plainName(name)).find((folder) => links.has(folder));
    if (through !== undefined) return `"${name}" would be written through the link "${through}"`;
    if (kind === 'hardlink' && (target === undefined || target.startsWith('/') || climbs(target)))
      return `"${name}" is a hard link to "${target ?? '?'}", outside the destination`;
  }
  return undefined;
}

function climbs(name: string): boolean {
  return name.split('/').includes('..');
}

function plainName(name: string): string {
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

function foldersAbove(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The names relative to the destination, and the folders at the top that the archive only implies. */
export function placesOf(members: readonly Member[]): string[] {
  const names = members.map(({ name }) => plainName(name)).filter((name) => name !== '');
  return [...new Set([...names, ...names.filter((name) => name.includes('/')).map((name) => name.split('/')[0]!)])];
}
