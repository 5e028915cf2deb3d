import type { Facts } from '../collector.ts';
import { capture, type Gathered } from '../gathered.ts';
import { parseDebian } from './debian.ts';
import { parseSuse } from './suse.ts';

/** What a distribution's file says: facts, or undefined if it is another distribution's. */
type Parser = (text: string, context: Context) => Facts | undefined;

interface Context {
  readonly path: string;
  readonly name: string;
  readonly host: Gathered;
  readonly guess: Facts;
}

interface DistributionFile {
  readonly path: string;
  readonly name: string;
  /** Its being there is enough. */
  readonly allowEmpty?: boolean;
}

const order: readonly DistributionFile[] = [
  { path: '/etc/altlinux-release', name: 'Altlinux' },
  { path: '/etc/oracle-release', name: 'OracleLinux' },
  { path: '/etc/slackware-version', name: 'Slackware' },
  { path: '/etc/centos-release', name: 'CentOS' },
  { path: '/etc/redhat-release', name: 'RedHat' },
  { path: '/etc/vmware-release', name: 'VMwareESX', allowEmpty: true },
  { path: '/etc/openwrt_release', name: 'OpenWrt' },
  { path: '/etc/os-release', name: 'Amazon' },
  { path: '/etc/system-release', name: 'Amazon' },
  { path: '/etc/alpine-release', name: 'Alpine' },
  { path: '/etc/arch-release', name: 'Archlinux', allowEmpty: true },
  { path: '/etc/os-release', name: 'Archlinux' },
  { path: '/etc/os-release', name: 'SUSE' },
  { path: '/etc/SuSE-release', name: 'SUSE' },
  { path: '/etc/gentoo-release', name: 'Gentoo' },
  { path: '/etc/os-release', name: 'Debian' },
  { path: '/etc/lsb-release', name: 'Debian' },
  { path: '/etc/lsb-release', name: 'Mandriva' },
  { path: '/etc/sourcemage-release', name: 'SMGL' },
  { path: '/usr/lib/os-release', name: 'ClearLinux' },
  { path: '/etc/coreos/update.conf', name: 'Coreos' },
  { path: '/etc/os-release', name: 'Flatcar' },
  { path: '/etc/os-release', name: 'NA' },
];

export const distributionFiles: readonly string[] = [...new Set(order.map(({ path }) => path))];

const parsers: Readonly<Record<string, Parser>> = {
  Altlinux: releaseOf('ALT'),
  OracleLinux: releaseOf('Oracle Linux'),
  RedHat: releaseOf('Red Hat'),
  SMGL: releaseOf('Source Mage GNU/Linux'),
  Archlinux: (text) => (text.includes('Arch Linux') ? { distribution: 'Archlinux' } : undefined),
  Slackware: (text) =>
    text.includes('Slackware')
      ? { distribution: 'Slackware', ...one('distribution_version', capture(/(\w+[.]\w+\+?)/, text)) }
      : undefined,
  CentOS: parseCentos,
  OpenWrt: (text) => (text.includes('OpenWrt') ? { distribution: 'OpenWrt', ...distribRelease(text) } : undefined),
  Mandriva: (text) => (text.includes('Mandriva') ? { distribution: 'Mandriva', ...distribRelease(text) } : undefined),
  Amazon: parseAmazon,
  Alpine: (text) => ({ distribution: 'Alpine', distribution_version: text }),
  SUSE: (text, { path, host, guess }) => parseSuse(text, path, host, guess),
  Debian: (text, { host }) => parseDebian(text, host),
  ClearLinux: parseClearLinux,
  Coreos: (text, { guess }) =>
    guess['distribution'] === 'Coreos' && text
      ? one('distribution_release', capture(/^GROUP=(.*)/, text)?.replaceAll('"', ''))
      : undefined,
  Flatcar: parseFlatcar,
  NA: parseAny,
};

/** The first file of the list that is its distribution's own, on top of what was guessed. */
export function readDistribution(host: Gathered, guess: Facts): Facts {
  for (const { path, name, allowEmpty } of order) {
    if (!host.hasFile(path)) continue;
    const found = { distribution: name, distribution_file_path: path, distribution_file_variety: name };
    if (allowEmpty) return { ...guess, ...found };
    const text = host.file(path)?.replace(/^['"\\]+|['"\\]+$/g, '');
    if (text === undefined || !Object.hasOwn(parsers, name)) continue;
    const facts = parsers[name]!(text, { path, name, host, guess });
    if (facts) return { ...guess, ...found, distribution_file_parsed: true, ...facts };
  }
  return guess;
}

function one(name: string, value: string | undefined): Facts {
  return value === undefined ? {} : { [name]: value };
}

function releaseOf(words: string): Parser {
  return (text, { name }): Facts =>
    text.includes(words)
      ? { distribution: name, distribution_file_search_string: words }
      : { distribution: text.split(/\s+/)[0]! };
}

function distribRelease(text: string): Facts {
  return {
    ...one('distribution_version', capture(/DISTRIB_RELEASE=["'](.*)["']/, text)),
    ...one('distribution_release', capture(/DISTRIB_CODENAME=["'](.*)["']/, text)),
  };
}

function parseCentos(text: string): Facts | undefined {
  if (text.includes('CentOS Stream')) return { distribution_release: 'Stream' };
  return text.includes('TencentOS Server') ? { distribution: 'TencentOS' } : undefined;
}

function parseAmazon(text: string, { path }: Context): Facts | undefined {
  if (!text.includes('Amazon')) return undefined;
  if (path !== '/etc/os-release') {
    const version = text.split(/\s+/).find((word) => /^\d+$/.test(word)) ?? 'NA';
    return { distribution: 'Amazon', distribution_version: version };
  }
  const version = capture(/VERSION_ID="(.*)"/, text);
  if (version === undefined) return { distribution: 'Amazon' };
  const [major = '', minor = 'NA'] = version.split('.');
  return {
    distribution: 'Amazon',
    distribution_version: version,
    distribution_major_version: major,
    distribution_minor_version: minor,
  };
}

function parseClearLinux(text: string): Facts | undefined {
  const name = capture(/NAME="(.*)"/, text);
  if (name !== undefined && !name.includes('Clear Linux')) return undefined;
  const version = capture(/VERSION_ID=(.*)/, text);
  return {
    ...one('distribution', name),
    ...one('distribution_major_version', version),
    ...one('distribution_version', version),
    ...one('distribution_release', capture(/ID=(.*)/, text)),
  };
}

function parseFlatcar(text: string, { guess }: Context): Facts | undefined {
  if (guess['distribution'] !== 'Flatcar') return undefined;
  const version = capture(/VERSION=(.*)/, text)?.replaceAll('"', '');
  return { ...one('distribution_version', version), ...one('distribution_major_version', version?.split('.')[0]) };
}

function parseAny(text: string, { guess }: Context): Facts {
  const version = capture(/^VERSION=(.*)/m, text)?.replaceAll('"', '');
  return {
    ...one('distribution', capture(/^NAME=(.*)/m, text)?.replaceAll('"', '')),
    ...(guess['distribution_version'] === 'NA' ? one('distribution_version', version) : {}),
  };
}
