import type { Change } from '../model/change.ts';
import { dict, type Value } from '../model/value.ts';
import { sh } from '../remote/quote.ts';
import { defineModule } from './define.ts';
import { failedChange, runChange, textOf } from './run-change.ts';
import type { Plan } from './types.ts';

interface ZoneState {
  readonly zone: string;
  readonly hwclock: 'UTC' | 'local';
  /** The zone asked for is known to the host. */
  readonly known: boolean;
  readonly timedatectl: boolean;
}

export const timezone = defineModule({
  name: 'timezone',
  collection: 'community.general',
  summary: "Set the host's time zone",
  args: {
    name: { type: 'str', doc: 'The zone: `Europe/Berlin`.' },
    hwclock: { type: 'str', aliases: ['rtc'], choices: ['local', 'UTC'], doc: 'Whether the hardware clock is in UTC.' },
  },
  rules: { requiredOneOf: [['hwclock', 'name']] },
  async inspect(host, { name }): Promise<ZoneState> {
    const { stdout } =
      await host.query(sh`l=$(readlink /etc/localtime) && printf '%s\n' "$l" || cat /etc/timezone 2>/dev/null || echo UTC
sed -n 3p /etc/adjtime 2>/dev/null | grep . || echo UTC
[ -z ${name ?? ''} ] || [ ! -f ${`/usr/share/zoneinfo/${name ?? ''}`} ] || echo known
command -v timedatectl >/dev/null && [ -d /run/systemd/system ] && echo timedatectl; :`);
    const [link = '', clock = '', ...flags] = stdout.toString('utf8').split('\n');
    return {
      zone: link.replace(/^.*\/zoneinfo\//, ''),
      hwclock: clock === 'LOCAL' ? 'local' : 'UTC',
      known: name === null || flags.includes('known'),
      timedatectl: flags.includes('timedatectl'),
    };
  },
  plan: planZone,
  report(args, before, outcomes) {
    const failure = failedChange(planZone(args, before).changes, outcomes);
    return failure ? { failed: textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout) } : {};
  },
  examples: '- timezone: {name: UTC}',
});

function planZone(args: { readonly name: string | null; readonly hwclock: string | null }, state: ZoneState): Plan {
  const { name, hwclock } = args;
  if (name !== null && !state.known) {
    return { changes: [], failed: `given timezone "${name}" is not available` };
  }
  const changes: Change[] = [];
  const before: Record<string, Value> = {};
  const after: Record<string, Value> = {};
  if (name !== null && name !== state.zone) {
    before['name'] = state.zone;
    after['name'] = name;
    const diff = { before: `${state.zone}\n`, after: `${name}\n` };
    changes.push(
      runChange(`set the time zone to ${name}`, setZone(name, state), { undo: setZone(state.zone, state), diff }),
    );
  }
  if (hwclock !== null && hwclock !== state.hwclock) {
    before['hwclock'] = state.hwclock;
    after['hwclock'] = hwclock;
    const set = (to: string) =>
      state.timedatectl
        ? sh`timedatectl set-local-rtc ${to === 'local' ? 1 : 0}`
        : sh`hwclock --systohc ${to === 'local' ? '--localtime' : '--utc'}`;
    changes.push(runChange(`keep the hardware clock in ${hwclock}`, set(hwclock), { undo: set(state.hwclock) }));
  }
  return { changes, result: changes.length ? { diff: dict({ before: dict(before), after: dict(after) }) } : {} };
}

function setZone(name: string, { timedatectl }: ZoneState) {
  if (timedatectl) return sh`timedatectl set-timezone ${name}`;
  return sh`ln -sfn ${`/usr/share/zoneinfo/${name}`} /etc/localtime && { [ ! -e /etc/timezone ] || printf '%s\n' ${name} >/etc/timezone; }`;
}
