import type { Facts } from '../collector.ts';
import type { Gathered } from '../gathered.ts';
import { parseOsRelease, parseReleaseLine } from '../os-release.ts';

/** Name, version and code name from os-release and lsb-release; what a file of the distribution's own says comes later. */
export function guessDistribution(host: Gathered): Facts {
  const os = parseOsRelease(host.file('/etc/os-release') ?? host.file('/usr/lib/os-release') ?? '');
  const lsb = parseOsRelease(host.file('/etc/lsb-release') ?? '');
  const id = normalId(os.get('id') ?? lsb.get('distrib_id') ?? releaseFileId(host) ?? '');
  const version = bestVersion(host, id, os, lsb) || 'NA';
  return {
    distribution: distributionName(id),
    distribution_version: version,
    distribution_release: codename(id, os, lsb, host) ?? 'NA',
    distribution_major_version: version.split('.')[0] || 'NA',
  };
}

function normalId(id: string): string {
  const plain = id.toLowerCase().replaceAll(' ', '_');
  const known: Readonly<Record<string, string>> = { ol: 'oracle', 'opensuse-leap': 'opensuse', redhat: 'rhel' };
  return Object.hasOwn(known, plain) ? known[plain]! : plain;
}

function distributionName(id: string): string {
  if (id === 'amzn') return 'Amazon';
  if (id === 'rhel') return 'Redhat';
  return id ? id.charAt(0).toUpperCase() + id.slice(1) : 'OtherLinux';
}

// an old host without os-release: `CentOS release 6.10 (Final)`
function releaseFileId(host: Gathered): string | undefined {
  const line = host.file('/etc/centos-release') ?? host.file('/etc/redhat-release');
  return line?.startsWith('Red Hat') ? 'rhel' : line?.split(' ')[0]?.toLowerCase();
}

type Fields = ReadonlyMap<string, string>;

/** Debian and CentOS name their minor version elsewhere than in os-release. */
function bestVersion(host: Gathered, id: string, os: Fields, lsb: Fields): string {
  const releaseFile = host.file('/etc/centos-release') ?? host.file('/etc/redhat-release') ?? '';
  const candidates = [
    os.get('version_id'),
    lsb.get('distrib_release'),
    parseReleaseLine(releaseFile.split('\n')[0]!).version,
    parseReleaseLine(os.get('pretty_name') ?? '').version,
  ].filter((one): one is string => one !== undefined && one !== '');
  if (id === 'debian') return mostPrecise([...candidates, host.file('/etc/debian_version') ?? '']);
  if (id === 'centos') return mostPrecise(candidates).split('.').slice(0, 2).join('.');
  return candidates[0] ?? '';
}

function mostPrecise(versions: readonly string[]): string {
  const dots = (version: string) => version.split('.').length;
  return versions.reduce((best, one) => (best === '' || dots(one) > dots(best) ? one : best), '');
}

function codename(id: string, os: Fields, lsb: Fields, host: Gathered): string | undefined {
  const named = os.get('version_codename') ?? os.get('ubuntu_codename');
  if (named !== undefined) return named;
  if (id === 'ubuntu' && lsb.has('distrib_codename')) return lsb.get('distrib_codename');
  const inVersion = /\(([^()]+)\)|,\s*(\D+)$/.exec(os.get('version') ?? '');
  if (inVersion) return (inVersion[1] ?? inVersion[2])!.trim();
  const line = host.file('/etc/centos-release') ?? host.file('/etc/redhat-release') ?? '';
  return lsb.get('distrib_codename') || parseReleaseLine(line.split('\n')[0]!).codename || undefined;
}
