import type { Script } from '../../model/script.ts';
import { sh } from '../../remote/quote.ts';
import type { FileState, HostView } from '../../remote/types.ts';
import { resolveMode } from '../args/mode.ts';
import { isIdentity, type Wanted } from '../files/wanted.ts';
import { linesOf } from '../text-file.ts';
import { type ArchiveSource, detectPacking, openArchive, stdinOf } from './archive.ts';
import { type Member, placesOf, tarMembers } from './members.ts';

export interface ArchiveState {
  readonly dest: FileState | undefined;
  /** `creates` is there, so that nothing is to be done. */
  readonly created: boolean;
  readonly problem?: 'missing' | 'unreadable' | 'download' | 'handler' | undefined;
  /** What the tools said of it. */
  readonly detail?: string | undefined;
  /** Option of tar, `zip`, or empty for a plain tar. */
  readonly packing: string;
  readonly members: readonly Member[];
  /** Ways in which the destination is not what the archive holds, one a line; with each its entry. */
  readonly differences: readonly string[];
  /** Some entry has another owner, group or mode than is wanted. */
  readonly attributesDiffer: boolean;
}

export interface ArchiveArgs {
  readonly dest: string;
  readonly creates: string | null;
  readonly exclude: readonly string[];
  readonly include: readonly string[];
  readonly extra_opts: readonly string[];
}

const nothing = { packing: '', members: [], differences: [], attributesDiffer: false };

export async function inspectArchive(
  host: HostView,
  source: ArchiveSource,
  args: ArchiveArgs,
  wanted: Wanted,
): Promise<ArchiveState> {
  const [dest, created] = await Promise.all([
    host.stat(args.dest, { follow: true }),
    args.creates === null ? undefined : host.stat(args.creates),
  ]);
  if (created || dest?.kind !== 'directory') return { dest, created: created !== undefined, ...nothing };
  const { rc, stdout, stderr } = await host.query(lookScript(source, args), stdinOf(source));
  const problem = rc === 9 ? 'missing' : rc === 8 ? 'unreadable' : rc === 7 ? 'download' : rc ? 'handler' : undefined;
  const [packing = '', names = '', listing = '', differences = ''] = stdout.toString('utf8').split('\x1e\n');
  const found = { dest, created: false, packing: packing.trim() };
  if (problem) return { ...nothing, ...found, problem, detail: stderr.toString('utf8').trim() };
  const members =
    found.packing === 'zip'
      ? linesOf(names).map((name): Member => ({ name, kind: name.endsWith('/') ? 'directory' : 'file' }))
      : tarMembers(linesOf(names), linesOf(listing));
  const lines = linesOf(differences);
  const differ = lines.length === 0 && (await attributesDiffer(host, args.dest, placesOf(members), wanted));
  return { ...found, members, differences: lines, attributesDiffer: differ };
}

/** Four parts: how it is packed, names, a long listing (tar), differences. Ends with 6 if no tool can read it. */
function lookScript(source: ArchiveSource, args: ArchiveArgs): Script {
  const { dest, extra_opts: options } = args;
  const shown = options.length > 0 ? ['--show-transformed-names', ...options] : [];
  const chosen = [...args.exclude.map((pattern) => `--exclude=${pattern}`)];
  return sh`LC_ALL=C; export LC_ALL; ${openArchive(source)}; ${detectPacking}
printf '%s\n\036\n' "$z"
if [ "$z" = zip ]; then ${zipLook(args)}
else command -v tar >/dev/null || { echo 'Unable to find required "tar" binary in the path.' >&2; exit 6; }
tar -t $z ${shown} ${chosen} -f "$a" ${args.include} || exit 6; printf '\036\n'
tar -tv $z ${shown} ${chosen} -f "$a" ${args.include} || exit 6; printf '\036\n'
tar -d $z -C ${dest} ${options} ${chosen} -f "$a" ${args.include} 2>&1; :; fi`;
}

/** A file of a zip archive is the same if it has the same size and checksum: gzip counts the same one. */
function zipLook({ dest, exclude, include }: ArchiveArgs): Script {
  const chosen = [...include, ...(exclude.length > 0 ? ['-x', ...exclude] : [])];
  return sh`command -v unzip >/dev/null || { echo 'Unable to find required "unzip" or "zipinfo" binary in the path.' >&2; exit 6; }
unzip -Z1 "$a" ${chosen} || exit 6; printf '\036\n\036\n'
unzip -v "$a" ${chosen} | while read -r size method packed ratio date time crc name; do
case $size$crc in *[!0-9a-f]*|'') continue;; esac; [ -n "$name" ] || continue
f=${dest}/$name; case $name in */) [ -d "$f" ] || printf '%s: Warning: Cannot stat\n' "$name"; continue;; esac
[ -f "$f" ] || [ -L "$f" ] || { printf '%s: Warning: Cannot stat\n' "$name"; continue; }
if [ -L "$f" ]; then sum=$(readlink -n "$f" | gzip -1 -c | tail -c 8 | od -An -tx1); else sum=$(gzip -1 -c <"$f" | tail -c 8 | od -An -tx1); fi
set -- $sum; [ "$4$3$2$1" = "$crc" ] || printf '%s: Contents differ\n' "$name"; done`;
}

/** Whether some of the files has another owner, group or mode than is wanted. */
async function attributesDiffer(host: HostView, dest: string, names: string[], wanted: Wanted): Promise<boolean> {
  const { owner, group, mode } = wanted;
  if ((owner === undefined && group === undefined && !mode) || names.length === 0) return false;
  const stdin = Buffer.from(names.map((name) => `./${name}\0`).join(''));
  const { rc, stdout } = await host.query(sh`cd ${dest} && umask && xargs -0 stat -c '%a %u %U %g %G %F'`, { stdin });
  if (rc !== 0) return true;
  const [umask = '022', ...states] = linesOf(stdout.toString('utf8'));
  return states.some((line) => {
    const [bits = '', uid, user = '', gid, team = '', ...kind] = line.split(' ');
    const base = {
      mode: Number.parseInt(bits, 8),
      directory: kind[0] === 'directory',
      umask: Number.parseInt(umask, 8),
    };
    const isLink = kind[0] === 'symbolic';
    return (
      (owner !== undefined && !isIdentity(owner, user, Number(uid))) ||
      (group !== undefined && !isIdentity(group, team, Number(gid))) ||
      (mode !== undefined && !isLink && resolveMode(mode, base) !== base.mode)
    );
  });
}
