import type { Value } from '../../model/value.ts';
import { apt } from '../apt/apt.ts';
import { planApt, reportApt } from '../apt/plan.ts';
import { type AptArgs, inspectApt, lastingApt } from '../apt/task.ts';
import { coerceArgs } from '../args/coerce.ts';
import { defineModule } from '../define.ts';
import { detectManager, managerNamed } from './detect.ts';
import { inspectSimple, type PackageWish, planSimple, reportSimple } from './simple.ts';

export const packageModule = defineModule({
  name: 'package',
  collection: 'ansible.builtin',
  summary: "Manage packages with the host's package manager",
  args: {
    name: {
      type: 'raw',
      required: true,
      aliases: ['pkg', 'package'],
      doc: 'Packages: a list, or text with commas between.',
    },
    state: { type: 'str', doc: '`present`, `absent`, `latest`, or what else the manager knows.' },
    use: { type: 'str', default: 'auto', doc: 'Package manager; by default what the host has.' },
  },
  openArgs: true,
  prepare(controller, { use }) {
    return use === 'auto' ? textOf(controller.scope.get('ansible_package_use')) : use;
  },
  async inspect(host, args, use) {
    const names = namesOf(args.name);
    const named = use === 'auto' ? undefined : managerNamed(use);
    if (use !== 'auto' && !named)
      return { failed: `Could not find a matching action for the "${use}" package manager.` };
    // asked together with the manager's name, since most hosts have apt
    const [found, apt] = await Promise.all([
      named ?? detectManager(host),
      named && named !== 'apt' ? undefined : inspectApt(host, aptArgs(args)),
    ]);
    if (!found)
      return {
        failed: 'Could not detect which package manager to use. Try gathering facts or setting the "use" option.',
      };
    if (found === 'apt') return { apt };
    return { simple: await inspectSimple(host, found, names, wishOf(args.state)) };
  },
  basis: ({ apt, ...others }) => ({ ...others, apt: apt && lastingApt(apt) }),
  plan(args, { failed, apt, simple }) {
    if (apt) return planApt(aptArgs(args), apt);
    if (simple) return planSimple(namesOf(args.name), wishOf(args.state), simple);
    return { changes: [], failed };
  },
  report(args, { apt, simple }, outcomes) {
    if (apt) return reportApt(aptArgs(args), apt, outcomes);
    if (!simple) return {};
    return reportSimple(planSimple(namesOf(args.name), wishOf(args.state), simple).changes, outcomes);
  },
  examples: `- package:
    name: [curl, rsync]
    state: present`,
});

/** The arguments as apt takes them: all that were given, and its defaults. */
function aptArgs(args: Readonly<Record<string, Value>>): AptArgs {
  const given = Object.entries(args).filter(([name, value]) => name !== 'use' && value !== null);
  return coerceArgs(apt, new Map(given)) as unknown as AptArgs;
}

function namesOf(value: Value): string[] {
  const items = Array.isArray(value) ? value.map(String) : String(value).split(',');
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

function wishOf(state: string | null): PackageWish {
  if (state === 'absent' || state === 'removed') return 'absent';
  return state === 'latest' ? 'latest' : 'present';
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' && value !== '' ? value : 'auto';
}
