import { dict } from '../../../model/value.ts';
import type { Collector, Facts } from '../collector.ts';

export const systemd: Collector = {
  name: 'systemd',
  script: `section systemd
[ ! -e /run/systemd/system ] || ! command -v systemctl >/dev/null || systemctl --version`,
  parse(host): Facts {
    const [first = '', features = ''] = (host.section('systemd') ?? '').split('\n');
    const version = Number(first.split(' ')[1]);
    return Number.isInteger(version) ? { systemd: dict({ features, version }) } : {};
  },
};
