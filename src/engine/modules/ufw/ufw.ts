import { sh } from '../../remote/quote.ts';
import { defineModule } from '../define.ts';
import { readText } from '../text-file.ts';
import { ufwArgs } from './args.ts';
import { planUfw, reportUfw, type UfwState } from './plan.ts';

export const ufw = defineModule({
  name: 'ufw',
  collection: 'community.general',
  summary: 'Manage the firewall with ufw',
  args: ufwArgs,
  rules: {
    mutuallyExclusive: [
      ['name', 'proto', 'logging'],
      ['direction', 'interface_in'],
      ['direction', 'interface_out'],
    ],
    requiredOneOf: [['state', 'default', 'rule', 'logging']],
    requiredBy: { interface: ['direction'] },
  },
  // ufw itself is slow to ask, so its files are read
  async inspect(host, args): Promise<UfwState> {
    const named = [args.to_port, args.from_port].some((port) => port !== null && /[a-z]/i.test(port) && port !== 'any');
    const active = args.state === null ? sh`:` : sh`iptables -S ufw-user-input >/dev/null 2>&1 && echo active`;
    const [look, rules, rules6, config, defaults, services] = await Promise.all([
      host.query(sh`command -v ufw >/dev/null && echo installed; ${active}; :`),
      readText(host, '/etc/ufw/user.rules'),
      readText(host, '/etc/ufw/user6.rules'),
      readText(host, '/etc/ufw/ufw.conf'),
      readText(host, '/etc/default/ufw'),
      named ? readText(host, '/etc/services') : undefined,
    ]);
    const said = look.stdout.toString('utf8').split('\n');
    return {
      installed: said.includes('installed'),
      active: said.includes('active'),
      rules: rules.text,
      rules6: rules6.text,
      config: config.text,
      defaults: defaults.text,
      services: services?.text ?? '',
    };
  },
  plan: planUfw,
  report: reportUfw,
  examples: `- ufw:
    rule: allow
    port: '22'
    proto: tcp`,
});
