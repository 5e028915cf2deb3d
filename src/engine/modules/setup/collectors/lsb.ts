import { dict } from '../../../model/value.ts';
import type { Collector } from '../collector.ts';
import { lines } from '../gathered.ts';

const commandFields: readonly (readonly [RegExp, string])[] = [
  [/^LSB Version:(.*)/, 'release'],
  [/^Distributor ID:(.*)/, 'id'],
  [/^Description:(.*)/, 'description'],
  [/^Release:(.*)/, 'release'],
  [/^Codename:(.*)/, 'codename'],
];

const fileFields: readonly (readonly [RegExp, string])[] = [
  [/^DISTRIB_ID=(.*)/, 'id'],
  [/^DISTRIB_RELEASE=(.*)/, 'release'],
  [/^DISTRIB_DESCRIPTION=(.*)/, 'description'],
  [/^DISTRIB_CODENAME=(.*)/, 'codename'],
];

/** What lsb_release says. It prints /etc/lsb-release where there is one, so it is not started then. */
export const lsb: Collector = {
  name: 'lsb',
  files: ['/etc/lsb-release'],
  script: `section lsb
[ -f /etc/lsb-release ] || ! command -v lsb_release >/dev/null || lsb_release -a 2>/dev/null`,
  parse(host) {
    const facts = new Map<string, string>();
    const fromCommand = lines(host.section('lsb'));
    const [text, fields] = fromCommand.length
      ? ([fromCommand, commandFields] as const)
      : ([lines(host.file('/etc/lsb-release')), fileFields] as const);
    for (const line of text) {
      for (const [pattern, name] of fields) {
        const value = pattern.exec(line)?.[1];
        if (value !== undefined) facts.set(name, value.trim().replace(/^['"\\]+|['"\\]+$/g, ''));
      }
    }
    const release = facts.get('release');
    if (release !== undefined) facts.set('major_release', release.split('.')[0]!);
    return { lsb: dict(Object.fromEntries(facts)) };
  },
};
