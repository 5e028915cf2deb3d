import type { Change } from '../../model/change.ts';
import { sh } from '../../remote/quote.ts';
import { defineModule } from '../define.ts';
import { runChange } from '../run-change.ts';
import { linesOf, readText, type TextFile, writeText } from '../text-file.ts';
import type { Plan } from '../types.ts';

type Mode = 'enforcing' | 'permissive' | 'disabled';

interface SelinuxState {
  readonly tools: boolean;
  /** What the kernel does now. */
  readonly mode: Mode;
  readonly config: TextFile;
}

export const selinux = defineModule({
  name: 'selinux',
  collection: 'ansible.posix',
  summary: 'Set the mode of SELinux',
  args: {
    state: {
      type: 'str',
      required: true,
      choices: ['enforcing', 'permissive', 'disabled'],
      doc: 'Whether it refuses, warns, or is off from the next start on.',
    },
    policy: { type: 'str', doc: 'The policy: `targeted`. Needed unless it is switched off.' },
    configfile: { type: 'str', default: '/etc/selinux/config', aliases: ['conf', 'file'], doc: 'Its configuration.' },
    update_kernel_param: { type: 'bool', default: false, doc: 'Not supported.' },
  },
  async inspect(host, { configfile }): Promise<SelinuxState> {
    const [config, { stdout }] = await Promise.all([
      readText(host, configfile),
      host.query(sh`command -v getenforce >/dev/null && getenforce || echo none`),
    ]);
    const said = stdout.toString('utf8').trim().toLowerCase();
    const mode = said === 'enforcing' || said === 'permissive' ? said : 'disabled';
    return { tools: said !== 'none', mode, config };
  },
  plan: planMode,
  examples: '- selinux: {state: permissive, policy: targeted}',
});

function planMode(
  args: { state: Mode; policy: string | null; configfile: string; update_kernel_param: boolean },
  { tools, mode, config }: SelinuxState,
): Plan {
  const { state, configfile } = args;
  const fail = (failed: string): Plan => ({ changes: [], failed });
  if (!tools) return fail('this host has no tools of SELinux: getenforce is missing');
  if (!config.state) return fail(`Unable to find file ${configfile}`);
  if (args.update_kernel_param) return fail('update_kernel_param is not supported');
  const policy = args.policy ?? (state === 'disabled' ? settingOf(config.text, 'SELINUXTYPE') : undefined);
  if (policy === undefined && state !== 'disabled') return fail("Policy is required if state is not 'disabled'");
  const changes: Change[] = [];
  const text = withSetting(
    policy === undefined ? config.text : withSetting(config.text, 'SELINUXTYPE', policy),
    'SELINUX',
    state,
  );
  if (text !== config.text) changes.push(writeText(config, text));
  const warnings: string[] = [];
  const next = state === 'disabled' ? 'permissive' : state; // it cannot be switched off while it runs
  const reboot = mode !== state && (mode === 'disabled' || state === 'disabled');
  if (mode !== 'disabled' && mode !== next) {
    const set = (value: Mode) => sh`setenforce ${value === 'enforcing' ? 1 : 0}`;
    changes.push(runChange(`set SELinux to ${next}`, set(next), { undo: set(mode) }));
  }
  if (reboot) warnings.push(`Reboot is required to set SELinux state to '${state}'`);
  const msg = changes.map(({ summary }) => summary).join(', ');
  return { changes, warnings, result: { msg, configfile, policy: policy ?? null, state, reboot_required: reboot } };
}

function settingOf(text: string, name: string): string | undefined {
  return new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1]?.trim();
}

function withSetting(text: string, name: string, value: string): string {
  if (settingOf(text, name) === value) return text;
  const line = `${name}=${value}`;
  const lines = linesOf(text);
  const at = lines.findIndex((each) => each.startsWith(`${name}=`));
  const edited = at < 0 ? [...lines, line] : lines.with(at, line);
  return edited.map((each) => `${each}\n`).join('');
}
