/** A mounted file system. */
export interface Mounted {
  /** The device; for a bind mount the folder that is shown, seen from `/`. */
  readonly src: string;
  readonly device: string;
  readonly fstype: string;
  readonly opts: string;
}

interface Line {
  readonly id: string;
  readonly parent: string;
  readonly root: string;
  readonly path: string;
  readonly opts: string;
  readonly fstype: string;
  readonly device: string;
  readonly number: string;
}

/** Reads /proc/self/mountinfo, by mount point; of several on one the last counts. */
export function parseMountinfo(text: string): Map<string, Mounted> {
  const lines = text.split('\n').flatMap((line) => parseLine(line) ?? []);
  return new Map(lines.map((line) => [line.path, mountedOf(line, lines)]));
}

function parseLine(text: string): Line | undefined {
  const fields = text.split(' ').map(unescapeField);
  const dash = fields.indexOf('-');
  const [id, parent, number, root, path, opts] = fields;
  if (opts === undefined || dash < 0) return undefined;
  const [fstype = '', device = ''] = fields.slice(dash + 1);
  return { id: id!, parent: parent!, number: number!, root: root!, path: path!, opts, fstype, device };
}

function unescapeField(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

function mountedOf(line: Line, all: readonly Line[]): Mounted {
  const { device, fstype, opts } = line;
  const origin = line.root === '/' ? undefined : originOf(line, all);
  return { src: origin ?? device, device, fstype, opts };
}

/** Where the folder that a bind mount shows stands: below a mount of the same file system. */
function originOf(line: Line, all: readonly Line[]): string | undefined {
  const base = all
    .filter((one) => one !== line && one.number === line.number && isBelow(line.root, one.root))
    .sort((a, b) => b.root.length - a.root.length)[0];
  if (!base) return undefined;
  const rest = base.root === '/' ? line.root : line.root.slice(base.root.length);
  return `${base.path === '/' ? '' : base.path}${rest}` || '/';
}

function isBelow(path: string, folder: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`);
}
