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
  return names.map((name, index) => {
    const line = listing[index] ?? '';
    const kind = Object.hasOwn(kinds, line[0] ?? '') ? kinds[line[0]!]! : 'other';
    const arrow = kind === 'link' ? ' -> ' : kind === 'hardlink' ? ' link to ' : undefined;
    const at = arrow === undefined ? -1 : line.indexOf(`${name}${arrow}`);
    return at < 0 || arrow === undefined
      ? { name, kind }
      : { name, kind, target: line.slice(at + name.length + arrow.length) };
  });
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
