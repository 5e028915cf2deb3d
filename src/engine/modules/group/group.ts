import { sh } from '../../remote/quote.ts';
import { defineModule } from '../define.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { Plan } from '../types.ts';
import { type GroupEntry, parseGroup } from '../user/accounts.ts';

interface GroupState {
  readonly group?: GroupEntry;
  /** Another group that has the number asked for. */
  readonly taken?: string;
  readonly busybox: boolean;
}

interface GroupArgs {
  readonly name: string;
  readonly state: 'absent' | 'present';
  readonly gid: number | null;
  readonly force: boolean;
  readonly system: boolean;
  readonly local: boolean;
  readonly non_unique: boolean;
  readonly gid_min: number | null;
  readonly gid_max: number | null;
}

export const group = defineModule({
  name: 'group',
  collection: 'ansible.builtin',
  summary: 'Manage groups',
  args: {
    name: { type: 'str', required: true, doc: 'Name of the group.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether it shall exist.' },
    gid: { type: 'int', doc: 'Its number.' },
    force: { type: 'bool', default: false, doc: 'Remove it even if it is the primary group of an account.' },
    system: { type: 'bool', default: false, doc: "Take the number from the system's range." },
    local: { type: 'bool', default: false, doc: 'Look into the local file only.' },
    non_unique: { type: 'bool', default: false, doc: 'The number may belong to another group too.' },
    gid_min: { type: 'int', doc: 'Smallest number to choose.' },
    gid_max: { type: 'int', doc: 'Largest number to choose.' },
  },
  rules: { requiredIf: [['non_unique', true, ['gid']]] },
  async inspect(host, { name, gid, local }): Promise<GroupState> {
    const { stdout } = await host.query(sh`n=${name}; local=${local ? 'y' : ''}; command -v getent >/dev/null || local=y
look() { if [ -z "$local" ]; then getent group "$1"; else grep -E "^$1:|^[^:]*:[^:]*:$1:" /etc/group; fi; }
look "$n"; echo; [ -z ${gid === null ? '' : String(gid)} ] || look ${String(gid ?? '')}; echo
command -v groupadd >/dev/null || echo busybox`);
    const lines = stdout.toString('utf8').split('\n');
    const own = parseGroup(lines[0]!);
    const other = lines
      .slice(1)
      .flatMap((line) => parseGroup(line) ?? [])
      .find((one) => one.gid === gid && one.name !== name);
    return {
      ...(own?.name === name && { group: own }),
      ...(other && { taken: other.name }),
      busybox: lines.includes('busybox'),
    };
  },
  plan: planGroup,
  report(args, before, outcomes) {
    const failure = failedChange(planGroup(args, before).changes, outcomes);
    if (failure) return { failed: textOf(failure.outcome.stderr) || `${failure.change.summary} failed` };
    const made = parseGroup(textOf(outcomes[0]?.stdout).split('\n').at(-1) ?? '');
    return made && args.state === 'present' ? { result: { gid: made.gid } } : {};
  },
  examples: '- group: {name: ops, system: true}',
});

function planGroup(args: GroupArgs, { group, taken, busybox }: GroupState): Plan {
  const { name, gid, state } = args;
  const limit = args.local && (['gid_min', 'gid_max'] as const).find((each) => args[each] !== null);
  if (limit) return { changes: [], failed: `'${limit}' can not be used with 'local'` };
  if (state === 'absent') {
    if (!group) return { changes: [], result: { name, state } };
    const remove = busybox ? sh`delgroup ${name}` : sh`groupdel ${args.force ? ['-f'] : []} -- ${name}`;
    const undo = busybox ? sh`addgroup -g ${group.gid} ${name}` : sh`groupadd -g ${group.gid} -- ${name}`;
    return { changes: [runChange(`remove group ${name}`, remove, { undo })], result: { name, state } };
  }
  const result = { name, state, system: args.system, ...(group && { gid: gid ?? group.gid }) };
  if (group && (gid === null || gid === group.gid)) return { changes: [], result };
  if (taken !== undefined && !args.non_unique) {
    return { changes: [], failed: `GID '${gid}' already exists with group '${taken}'`, result };
  }
  const number = gid === null ? [] : ['-g', String(gid), ...(args.non_unique ? ['-o'] : [])];
  if (group) {
    const script = sh`groupmod ${number} -- ${name}`;
    const undo = sh`groupmod -g ${group.gid} -- ${name}`;
    return { changes: [runChange(`change group ${name}: gid ${gid}`, script, { undo })], result };
  }
  const range = [
    ...(args.gid_min === null ? [] : ['-K', `GID_MIN=${args.gid_min}`]),
    ...(args.gid_max === null ? [] : ['-K', `GID_MAX=${args.gid_max}`]),
  ];
  const add = busybox
    ? sh`addgroup ${args.system ? ['-S'] : []} ${gid === null ? [] : ['-g', String(gid)]} ${name}`
    : sh`groupadd ${number} ${args.system ? ['-r'] : []} ${range} -- ${name}`;
  const script = sh`${add} && { getent group ${name} 2>/dev/null || grep ${`^${name}:`} /etc/group; }`;
  const undo = busybox ? sh`delgroup ${name}` : sh`groupdel -- ${name}`;
  return { changes: [runChange(`create group ${name}`, script, { undo })], result };
}
