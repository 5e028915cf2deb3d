import { dict, type Value } from '../model/value.ts';
import { sh } from '../remote/quote.ts';
import { defineModule } from './define.ts';
import { linesOf } from './text-file.ts';

const mark = '\x1e\n';
const dpkgFormat = '${Package}|${Version}|${Architecture}|${Section}|${Origin}|${db:Status-Status}\\n';
const rpmFormat = '%{NAME}|%{VERSION}|%{RELEASE}|%{EPOCH}|%{ARCH}\\n';
const managers = ['apk', 'apt', 'dnf', 'dnf5', 'pacman', 'rpm', 'yum', 'zypper'];

export const packageFacts = defineModule({
  name: 'package_facts',
  collection: 'ansible.builtin',
  summary: 'Gather the installed packages as facts',
  args: {
    manager: {
      type: 'list',
      elements: 'str',
      default: ['auto'],
      doc: '`auto`: the first that the host has; or names of package managers.',
    },
    strategy: {
      type: 'str',
      choices: ['first', 'all'],
      default: 'first',
      doc: 'Ask the first manager that is there, or all.',
    },
  },
  async inspect(host) {
    const { stdout } =
      await host.query(sh`if command -v dpkg-query >/dev/null; then dpkg-query -W -f ${dpkgFormat}; fi; printf '\036\n'
if command -v rpm >/dev/null; then rpm -qa --qf ${rpmFormat} 2>/dev/null; fi; printf '\036\n'
if command -v apk >/dev/null; then apk info -v 2>/dev/null; fi; printf '\036\n'
if command -v pacman >/dev/null; then LC_ALL=C pacman -Q; fi; :`);
    return stdout.toString('utf8');
  },
  plan({ manager, strategy }, output) {
    const unknown = manager.find((name) => name !== 'auto' && !managers.includes(name.toLowerCase()));
    if (unknown !== undefined) {
      return { changes: [], failed: `Unsupported package managers requested: ${unknown}` };
    }
    const [dpkg = '', rpm = '', apk = '', pacman = ''] = output.split(mark);
    const all = [dpkgPackages(dpkg), rpmPackages(rpm), apkPackages(apk), pacmanPackages(pacman)];
    const found = all.filter((list) => list.length > 0);
    if (found.length === 0) {
      return {
        changes: [],
        failed: `Could not detect a supported package manager from the following list: ${managers.join(', ')}`,
      };
    }
    const packages = byName((strategy === 'all' ? found : found.slice(0, 1)).flat());
    return {
      changes: [],
      result: { ansible_facts: dict({ packages }) },
      effects: [{ kind: 'host-facts', facts: new Map([['packages', packages]]) }],
    };
  },
  examples: '- package_facts:',
});

type Package = Readonly<Record<string, Value>>;

/** Each name with all its installed versions. */
function byName(packages: readonly Package[]): Map<Value, Value> {
  const named = new Map<Value, Value[]>();
  for (const one of packages) named.set(one['name']!, [...(named.get(one['name']!) ?? []), dict(one)]);
  return new Map([...named].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

function dpkgPackages(text: string): Package[] {
  return linesOf(text).flatMap((line) => {
    const [name = '', version = '', arch = '', category = '', origin = '', status] = line.split('|');
    return status === 'installed' ? [{ name, version, arch, category, origin, source: 'apt' }] : [];
  });
}

function rpmPackages(text: string): Package[] {
  return linesOf(text).map((line) => {
    const [name = '', version = '', release = '', epoch = '', arch = ''] = line.split('|');
    return { name, version, release, epoch: /^\d+$/.test(epoch) ? Number(epoch) : null, arch, source: 'rpm' };
  });
}

function apkPackages(text: string): Package[] {
  return linesOf(text).flatMap((line) => {
    const [, name, version, release] = /^(.*)-([^-]+)-(r\d+)$/.exec(line.trim()) ?? [];
    return name === undefined ? [] : [{ name, version: version!, release: release!, source: 'apk' }];
  });
}

function pacmanPackages(text: string): Package[] {
  return linesOf(text).map((line) => {
    const [name = '', version = ''] = line.split(' ');
    return { name, version, source: 'pacman' };
  });
}
