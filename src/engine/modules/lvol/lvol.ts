import type { Change } from '../../model/change.ts';
import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import { splitCommand } from '../commands/shlex.ts';
import { type ArgsOf, defineModule } from '../define.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import { linesOf } from '../text-file.ts';
import type { ArgSpec, Plan } from '../types.ts';
import { readSize, type Size, targetSize } from './size.ts';

const args = {
  vg: { type: 'str', required: true, doc: 'Volume group of the volume.' },
  lv: { type: 'str', doc: 'The volume.' },
  size: {
    type: 'str',
    doc: 'Its size: megabytes, with a unit, or a part (`100%FREE`); `+` and `-` change it by so much.',
  },
  opts: { type: 'str', doc: 'More options for lvcreate.' },
  snapshot: { type: 'str', doc: 'A snapshot of the volume to make.' },
  thinpool: { type: 'str', doc: 'Thin pool of the volume; without a volume, the pool itself.' },
  pvs: { type: 'str', doc: 'Devices to take the space from, with commas between.' },
  active: { type: 'bool', default: true, doc: 'Whether it can be used.' },
  force: { type: 'bool', default: false, doc: 'Shrink or remove it.' },
  shrink: { type: 'bool', default: true, doc: 'Make it smaller if it is larger than asked.' },
  resizefs: { type: 'bool', default: false, doc: 'Resize its file system with it.' },
  state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether it is there.' },
} as const satisfies Record<string, ArgSpec>;

type LvolArgs = ArgsOf<typeof args>;

interface Volume {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly attributes: string;
}

interface LvolState {
  readonly tools: boolean;
  /** Undefined if it is not there. In bytes. */
  readonly group: { readonly size: number; readonly free: number; readonly extent: number } | undefined;
  readonly volumes: readonly Volume[];
}

export const lvol = defineModule({
  name: 'lvol',
  collection: 'community.general',
  summary: 'Manage logical volumes of LVM',
  args,
  rules: { requiredOneOf: [['lv', 'thinpool']] },
  inspect: inspectVolumes,
  plan: planVolume,
  report(given, before, outcomes) {
    const failure = failedChange(planVolume(given, before).changes, outcomes);
    return failure ? { failed: textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout) } : {};
  },
  examples: '- community.general.lvol: {vg: data, lv: www, size: 10g}',
});

async function inspectVolumes(host: HostView, { vg }: LvolArgs): Promise<LvolState> {
  const { stdout } =
    await host.query(sh`command -v lvs >/dev/null || exit 0; LC_ALL=C; export LC_ALL; echo tools; printf '\036'
vgs --noheadings --nosuffix --units b --separator ';' -o vg_size,vg_free,vg_extent_size ${vg} 2>/dev/null; printf '\036'
lvs -a --noheadings --nosuffix --units b --separator ';' -o lv_name,lv_size,lv_attr ${vg} 2>/dev/null; :`);
  const [tools = '', group = '', volumes = ''] = stdout.toString('utf8').split('\x1e');
  const [size, free, extent] = group.trim().split(';').map(Number);
  return {
    tools: tools.trim() === 'tools',
    group: extent === undefined ? undefined : { size: size!, free: free!, extent },
    volumes: linesOf(volumes).map((line) => {
      const [name = '', bytes, attributes = ''] = line.trim().split(';');
      return { name: name.replace(/^\[|\]$/g, ''), size: Number(bytes), attributes };
    }),
  };
}

function planVolume(given: LvolArgs, state: LvolState): Plan {
  const { vg, lv, thinpool, snapshot } = given;
  const fail = (failed: string): Plan => ({ changes: [], failed });
  if (!state.tools) return fail('Failed to find required executable "lvs" in paths');
  const size = given.size === null ? undefined : readSize(given.size);
  if (typeof size === 'string') return fail(size);
  const { group } = state;
  if (!group) {
    const msg = `Volume group ${vg} does not exist.`;
    return given.state === 'absent' ? { changes: [], result: { stdout: msg } } : fail(msg);
  }
  const named = (name: string | null) => state.volumes.find((volume) => volume.name === name?.split('/').at(-1));
  if (snapshot !== null && !named(lv)) return fail(`Snapshot origin LV ${lv} does not exist in volume group ${vg}.`);
  if (snapshot === null && thinpool !== null && lv !== null && !named(thinpool)) {
    return fail(`Thin pool LV ${thinpool} does not exist in volume group ${vg}.`);
  }
  const volume = named(snapshot ?? lv ?? thinpool);
  if (given.state === 'absent') {
    if (!volume) return { changes: [] };
    if (!given.force) return fail(`Sorry, no removal of logical volume ${volume.name} without force=true.`);
    const script = sh`lvremove --force ${`${vg}/${volume.name}`}`;
    return { changes: [runChange(`remove the volume ${vg}/${volume.name}`, script)] };
  }
  if (!volume) return planNew(given, size, named(lv)?.attributes.startsWith('V') ?? false);
  const resized = size && resize(given, volume, size, group);
  if (typeof resized === 'string') return fail(resized);
  const changes: Change[] = resized ? [resized] : [];
  if ((volume.attributes[4] === 'a') !== given.active) changes.push(activate(given, volume));
  return { changes, result: { vg, lv: volume.name, size: volume.size / 1024 ** 2 } };
}

/** With `V`: the origin of a snapshot is thin, so that the snapshot needs no size. */
function planNew(given: LvolArgs, size: Size | undefined, originIsThin: boolean): Plan {
  const { vg, lv, thinpool, snapshot } = given;
  const fail = (failed: string): Plan => ({ changes: [], failed });
  if (!size && !(snapshot !== null && originIsThin)) return fail('No size given.');
  if (size?.sign === '-') return fail(`Bad size specification of '${given.size}' for creating LV`);
  if (thinpool !== null && lv !== null && snapshot === null && size?.of !== undefined) {
    return fail('Thin volume sizing with percentage not supported.');
  }
  const options = given.opts === null ? [] : splitCommand(given.opts);
  const space = !size ? [] : [size.of === undefined ? '-L' : '-l', size.text];
  const words =
    snapshot !== null
      ? [...space, '-s', '-n', snapshot, ...options, `${vg}/${lv}`]
      : thinpool === null
        ? ['-n', lv!, ...space, ...options, vg, ...devices(given)]
        : lv === null
          ? [...space, ...options, '-T', `${vg}/${thinpool}`]
          : ['-n', lv, '-V', size!.text, ...options, '-T', `${vg}/${thinpool}`];
  const name = snapshot ?? lv ?? thinpool!;
  const undo = sh`lvremove --force ${`${vg}/${name}`}`;
  return { changes: [runChange(`create the volume ${vg}/${name}`, sh`lvcreate --yes ${words}`, { undo })] };
}

function devices({ pvs }: LvolArgs): string[] {
  return pvs === null ? [] : pvs.split(/[\s,]+/).filter((device) => device !== '');
}

/** The change of its size; undefined if it fits; a text says why it cannot be. */
function resize(
  given: LvolArgs,
  volume: Volume,
  size: Size,
  group: NonNullable<LvolState['group']>,
): Change | string | undefined {
  const target = targetSize(size, volume.size, group);
  const slack = size.of === undefined ? 0 : group.extent;
  // LVM rounds up to whole extents.
  const fits = size.sign === '' && target <= volume.size && volume.size - target < group.extent;
  if (fits || target === volume.size) return undefined;
  const words = [
    ...(given.resizefs ? ['--resizefs'] : []),
    size.of === undefined ? '-L' : '-l',
    `${size.sign}${size.text}`,
    `${given.vg}/${volume.name}`,
  ];
  const summary = `resize the volume ${given.vg}/${volume.name} to ${size.sign}${size.text}`;
  if (target > volume.size) {
    if (target - volume.size > group.free) {
      return `Logical Volume ${volume.name} could not be extended. Not enough free space left (${target - volume.size}b required / ${group.free}b available)`;
    }
    return runChange(summary, sh`lvextend ${words} ${devices(given)}`);
  }
  if (!given.shrink || volume.size <= target + slack) return undefined;
  if (target < 1) return `Sorry, no shrinking of ${volume.name} to 0 permitted.`;
  if (!given.force) return `Sorry, no shrinking of ${volume.name} without force=true.`;
  return runChange(summary, sh`lvreduce --force ${words} ${devices(given)}`);
}

function activate({ vg, active }: LvolArgs, { name }: Volume): Change {
  const set = (on: boolean) => sh`lvchange ${on ? '-ay' : '-an'} ${`${vg}/${name}`}`;
  return runChange(`${active ? 'activate' : 'deactivate'} the volume ${vg}/${name}`, set(active), {
    undo: set(!active),
  });
}
