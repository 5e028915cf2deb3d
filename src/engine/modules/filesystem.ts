import type { Change } from '../model/change.ts';
import { sh } from '../remote/quote.ts';
import type { HostView } from '../remote/types.ts';
import { splitCommand } from './commands/shlex.ts';
import { type ArgsOf, defineModule } from './define.ts';
import { failedChange, runChange, textOf } from './run-change.ts';
import type { ArgSpec, Plan } from './types.ts';

const args = {
  dev: { type: 'path', required: true, aliases: ['device'], doc: 'The device, or a file that serves as one.' },
  fstype: {
    type: 'str',
    aliases: ['type'],
    choices: ['btrfs', 'ext2', 'ext3', 'ext4', 'ext4dev', 'f2fs', 'lvm', 'ocfs2', 'reiserfs', 'swap', 'vfat', 'xfs'],
    doc: 'Kind of the file system.',
  },
  opts: { type: 'str', doc: 'More options for mkfs.' },
  force: { type: 'bool', default: false, doc: 'Make it although the device holds another one.' },
  resizefs: { type: 'bool', default: false, doc: 'Let it fill its device: btrfs, ext, lvm and xfs.' },
  state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether the device holds one.' },
} as const satisfies Record<string, ArgSpec>;

type FsArgs = ArgsOf<typeof args>;

interface DeviceState {
  readonly there: boolean;
  readonly blkid: boolean;
  /** Kind as blkid names it; empty if it holds none that is known. */
  readonly found: string;
  /** In bytes; undefined where it was not asked. */
  readonly sizes: { readonly device: number; readonly used: number } | undefined;
  /** Empty if it is not mounted. */
  readonly mountpoint: string;
}

/** How a kind is made, with what says that whatever was there may go. */
const MAKERS: Readonly<Record<NonNullable<FsArgs['fstype']>, readonly string[]>> = {
  btrfs: ['mkfs.btrfs', '-f'],
  ext2: ['mkfs.ext2', '-F'],
  ext3: ['mkfs.ext3', '-F'],
  ext4: ['mkfs.ext4', '-F'],
  ext4dev: ['mkfs.ext4', '-F'],
  f2fs: ['mkfs.f2fs', '-f'],
  lvm: ['pvcreate', '-f'],
  ocfs2: ['mkfs.ocfs2', '-Fx'],
  reiserfs: ['mkfs.reiserfs', '-q'],
  swap: ['mkswap', '-f'],
  vfat: ['mkfs.vfat'],
  xfs: ['mkfs.xfs', '-f'],
};

export const filesystem = defineModule({
  name: 'filesystem',
  collection: 'community.general',
  summary: 'Make a file system on a device',
  args,
  rules: { requiredIf: [['state', 'present', ['fstype']]] },
  inspect: inspectDevice,
  plan: planFilesystem,
  report(given, before, outcomes) {
    const failure = failedChange(planFilesystem(given, before).changes, outcomes);
    return failure ? { failed: textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout) } : {};
  },
  examples: '- community.general.filesystem: {dev: /dev/sdb1, fstype: ext4}',
});

async function inspectDevice(host: HostView, { dev, fstype, resizefs }: FsArgs): Promise<DeviceState> {
  const { stdout } =
    await host.query(sh`LC_ALL=C; export LC_ALL; [ -e ${dev} ] && echo there || echo; command -v blkid >/dev/null && echo blkid || echo
t=$(blkid -c /dev/null -o value -s TYPE ${dev} 2>/dev/null); printf '%s\n' "$t"
m=$(findmnt -no TARGET --source ${dev} 2>/dev/null | head -n 1); printf '%s\n' "$m"
[ ${resizefs ? 'yes' : 'no'} = yes ] || exit 0
if [ -b ${dev} ]; then blockdev --getsize64 ${dev}; else stat -c %s -- ${dev}; fi
case ${fstype === 'lvm' ? 'lvm' : (fstype ?? '')} in
ext*) tune2fs -l ${dev} | awk '/^Block count:/ {c=$3} /^Block size:/ {s=$3} END {print c*s}';;
xfs) [ -n "$m" ] || m=${dev}; xfs_info "$m" | sed -n 's/^data .*bsize=\([0-9]*\) *blocks=\([0-9]*\).*/\1 \2/p' | awk '{print $1*$2}';;
btrfs) [ -z "$m" ] || btrfs filesystem usage -b "$m" | awk '/Device size/ {print $NF}';;
lvm) pvs --noheadings -o pv_size --units b --nosuffix ${dev};;
esac 2>/dev/null; :`);
  const [there = '', blkid = '', found = '', mountpoint = '', device, used] = stdout.toString('utf8').split('\n');
  const sizes = device && used?.trim() ? { device: Number(device), used: Number(used) } : undefined;
  return { there: there === 'there', blkid: blkid === 'blkid', found, mountpoint, sizes };
}

function planFilesystem(given: FsArgs, state: DeviceState): Plan {
  const { dev, fstype } = given;
  const fail = (failed: string): Plan => ({ changes: [], failed });
  if (!state.there) {
    const msg = `Device ${dev} not found.`;
    return given.state === 'present' ? fail(msg) : { changes: [], result: { msg } };
  }
  if (!state.blkid) return fail('Failed to find required executable "blkid" in paths');
  if (given.state === 'absent') {
    if (state.found === '') return { changes: [] };
    return { changes: [runChange(`wipe ${state.found} off ${dev}`, sh`wipefs --all ${dev}`)] };
  }
  const kind = fstype ?? 'ext4';
  const same = plainKind(state.found) === plainKind(kind);
  if (same && !given.force) return given.resizefs ? planGrowth(given, state) : { changes: [] };
  if (state.found !== '' && !given.force) {
    return fail(`'${dev}' is already used as ${state.found}, use force=true to overwrite`);
  }
  const options = given.opts === null ? [] : splitCommand(given.opts);
  return { changes: [runChange(`make the file system ${kind} on ${dev}`, sh`${MAKERS[kind]} ${options} ${dev}`)] };
}

function plainKind(kind: string): string {
  if (kind === 'lvm') return 'LVM2_member';
  return kind === 'ext4dev' ? 'ext4' : kind;
}

function planGrowth({ dev, fstype }: FsArgs, { sizes, mountpoint }: DeviceState): Plan {
  const fail = (failed: string): Plan => ({ changes: [], failed });
  const grow = growth(fstype ?? '', dev, mountpoint);
  if (grow === undefined) return fail(`module does not support resizing ${fstype} filesystem yet`);
  if (grow === 'mount') return fail(`${dev} needs to be mounted for ${fstype} operations`);
  if (!sizes) return fail(`the size of the file system on ${dev} cannot be read`);
  if (sizes.used >= sizes.device) {
    return { changes: [], result: { msg: `${fstype} filesystem is using the whole device ${dev}` } };
  }
  return { changes: [grow], result: { msg: `resizing filesystem ${fstype} on device ${dev}` } };
}

/** The change that lets it fill its device; `mount` if it must be mounted for that. */
function growth(kind: string, dev: string, mountpoint: string): Change | 'mount' | undefined {
  const summary = `grow the file system ${kind} on ${dev}`;
  if (/^ext/.test(kind)) return runChange(summary, sh`resize2fs ${dev}`);
  if (kind === 'lvm') return runChange(summary, sh`pvresize ${dev}`);
  if (kind !== 'xfs' && kind !== 'btrfs') return undefined;
  if (mountpoint === '') return 'mount';
  return runChange(
    summary,
    kind === 'xfs' ? sh`xfs_growfs ${mountpoint}` : sh`btrfs filesystem resize max ${mountpoint}`,
  );
}
