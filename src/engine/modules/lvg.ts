import type { Change } from '../model/change.ts';
import { sh } from '../remote/quote.ts';
import type { HostView } from '../remote/types.ts';
import { splitCommand } from './commands/shlex.ts';
import { type ArgsOf, defineModule } from './define.ts';
import { failedChange, runChange, textOf } from './run-change.ts';
import { linesOf } from './text-file.ts';
import type { ArgSpec, Plan } from './types.ts';

const args = {
  vg: { type: 'str', required: true, doc: 'The volume group.' },
  pvs: { type: 'list', elements: 'str', doc: 'Devices that it consists of.' },
  pesize: { type: 'str', default: '4', doc: 'Size of its extents: megabytes, or with a unit.' },
  pv_options: { type: 'str', default: '', doc: 'More options for pvcreate.' },
  vg_options: { type: 'str', default: '', doc: 'More options for vgcreate.' },
  pvresize: { type: 'bool', default: false, doc: 'Let its devices be used in full.' },
  force: { type: 'bool', default: false, doc: 'Remove it although it has volumes.' },
  state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether it is there.' },
} as const satisfies Record<string, ArgSpec>;

type LvgArgs = ArgsOf<typeof args>;

interface Device {
  /** As it was given. */
  readonly name: string;
  /** Links followed; empty if it is not there. */
  readonly path: string;
}

interface PhysicalVolume {
  readonly path: string;
  /** Group that it is in; empty for none. */
  readonly group: string;
  /** It could hold at least one more extent. */
  readonly growable: boolean;
}

interface LvgState {
  readonly tools: boolean;
  readonly devices: readonly Device[];
  readonly physical: readonly PhysicalVolume[];
  /** Volumes in it; undefined if the group is not there. */
  readonly volumes: number | undefined;
}

export const lvg = defineModule({
  name: 'lvg',
  collection: 'community.general',
  summary: 'Manage volume groups of LVM',
  args,
  rules: { requiredIf: [['state', 'present', ['pvs']]] },
  inspect: inspectGroup,
  plan: planGroup,
  report(given, before, outcomes) {
    const failure = failedChange(planGroup(given, before).changes, outcomes);
    return failure ? { failed: textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout) } : {};
  },
  examples: '- community.general.lvg: {vg: data, pvs: [/dev/sdb1, /dev/sdc1]}',
});

async function inspectGroup(host: HostView, { vg, pvs }: LvgArgs): Promise<LvgState> {
  const { stdout } = await host.query(sh`command -v vgs >/dev/null || exit 0; LC_ALL=C; export LC_ALL
echo tools; printf '\036'; for d in ${pvs ?? []}; do [ -e "$d" ] && readlink -f -- "$d" || echo; done
printf '\036'; pvs --noheadings --units b --nosuffix --separator ';' -o pv_name,vg_name,dev_size,pv_size,pe_start,vg_extent_size 2>/dev/null |
while IFS=';' read -r name rest; do printf '%s;%s\n' "$(readlink -f -- "$(printf %s $name)")" "$rest"; done
printf '\036'; vgs --noheadings --separator ';' -o vg_name,lv_count 2>/dev/null; :`);
  const [tools = '', paths = '', physical = '', groups = ''] = stdout.toString('utf8').split('\x1e');
  const found = linesOf(paths);
  const group = linesOf(groups)
    .map((line) => line.trim().split(';'))
    .find(([name]) => name === vg);
  return {
    tools: tools.trim() === 'tools',
    devices: (pvs ?? []).map((name, index) => ({ name, path: found[index] ?? '' })),
    physical: linesOf(physical).map(readPhysical),
    volumes: group && Number(group[1]),
  };
}

function readPhysical(line: string): PhysicalVolume {
  const [path = '', group = '', device, size, start, extent] = line
    .trim()
    .split(';')
    .map((cell) => cell.trim());
  return { path, group, growable: Number(device) - Number(start) - Number(size) > Number(extent) };
}

function planGroup(given: LvgArgs, state: LvgState): Plan {
  const { vg } = given;
  const fail = (failed: string): Plan => ({ changes: [], failed });
  if (!state.tools) return fail('Failed to find required executable "vgs" in paths');
  if (given.state === 'absent') {
    if (state.volumes === undefined) return { changes: [] };
    if (state.volumes > 0 && !given.force)
      return fail(`Refuse to remove non-empty volume group ${vg} without force=true`);
    return { changes: [runChange(`remove the volume group ${vg}`, sh`vgremove --force ${vg}`)] };
  }
  if (state.devices.length === 0) return fail('No physical volumes given.');
  const missing = state.devices.find(({ path }) => path === '');
  if (missing) return fail(`Device ${missing.name} not found.`);
  const wanted = state.devices.map(({ path }) => path);
  const taken = state.physical.find(({ path, group }) => wanted.includes(path) && group !== '' && group !== vg);
  if (taken) return fail(`Device ${taken.path} is already in ${taken.group} volume group.`);
  if (state.volumes === undefined) return { changes: create(given, wanted) };
  return { changes: adjust(given, state, wanted) };
}

function physicalVolume({ pv_options: options }: LvgArgs, path: string): Change {
  return runChange(`make ${path} a physical volume`, sh`pvcreate ${splitCommand(options)} -f ${path}`);
}

function create(given: LvgArgs, wanted: readonly string[]): Change[] {
  const script = sh`vgcreate ${splitCommand(given.vg_options)} -s ${given.pesize} ${given.vg} ${wanted}`;
  const undo = sh`vgremove --force ${given.vg}`;
  const made = runChange(`create the volume group ${given.vg}`, script, { undo });
  return [...wanted.map((path) => physicalVolume(given, path)), made];
}

function adjust(given: LvgArgs, { physical }: LvgState, wanted: readonly string[]): Change[] {
  const { vg } = given;
  const own = physical.filter(({ group }) => group === vg);
  const grown = given.pvresize ? own.filter(({ growable }) => growable) : [];
  const added = wanted.filter((path) => !own.some((each) => each.path === path));
  const surplus = own.map(({ path }) => path).filter((path) => !wanted.includes(path));
  return [
    ...grown.map(({ path }) => runChange(`use ${path} in full`, sh`pvresize ${path}`)),
    ...added.map((path) => physicalVolume(given, path)),
    ...(added.length > 0
      ? [runChange(`add ${added.join(' ')} to the volume group ${vg}`, sh`vgextend ${vg} ${added}`)]
      : []),
    ...(surplus.length > 0
      ? [runChange(`take ${surplus.join(' ')} out of the volume group ${vg}`, sh`vgreduce --force ${vg} ${surplus}`)]
      : []),
  ];
}
