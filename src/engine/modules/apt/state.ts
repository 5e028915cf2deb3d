import { shellPattern } from '../../template/shell-pattern.ts';
import type { PackageSpec } from './spec.ts';
import { compareVersions } from './version.ts';

/** A package as dpkg and apt know it. */
export interface PackageState {
  /** Undefined if it is not installed. */
  readonly installed?: string;
  /** Configuration files of a removed package are there. */
  readonly leftovers: boolean;
  /** Installed for another package's sake only. */
  readonly automatic: boolean;
  /** Asked of apt only where it matters. Undefined: not asked. */
  readonly available?: Availability;
}

export interface Availability {
  /** apt knows the name. */
  readonly known: boolean;
  /** The version that apt would choose. */
  readonly candidate?: string;
  /** All versions, best first. */
  readonly versions: readonly string[];
  /** Packages that stand for a virtual one. */
  readonly providers: readonly string[];
}

/** Lines of `dpkg-query -f '${Package}|${Architecture}|${db:Status-Abbrev}|${Version}\n'`, by name and `name:arch`. */
export function parseInstalled(text: string): Map<string, { version?: string; leftovers: boolean }> {
  const found = new Map<string, { version?: string; leftovers: boolean }>();
  for (const line of text.split('\n')) {
    const [name, arch, status = '', version] = line.split('|');
    if (!name || version === undefined || status[1] === 'n') continue; // a virtual package has an empty entry
    const state = { leftovers: status[1] === 'c', ...(status[1] === 'i' && { version }) };
    found.set(`${name}:${arch}`, state);
    if (state.version !== undefined || !found.get(name)?.version) found.set(name, state);
  }
  return found;
}

/** Output of `apt-cache policy`, by name. */
export function parsePolicy(text: string): Map<string, { candidate?: string; versions: string[] }> {
  const packages = new Map<string, { candidate?: string; versions: string[] }>();
  let current: { candidate?: string; versions: string[] } | undefined;
  for (const line of text.split('\n')) {
    const heading = /^(\S+):$/.exec(line)?.[1];
    if (heading !== undefined) packages.set(heading, (current = { versions: [] }));
    else if (current) {
      const candidate = /^ {2}Candidate: (.*)$/.exec(line)?.[1];
      if (candidate !== undefined && candidate !== '(none)') current.candidate = candidate;
      const version = /^ (?:\*\*\*| {3}) (\S+) -?\d+$/.exec(line)?.[1];
      if (version !== undefined) current.versions.push(version);
    }
  }
  return packages;
}

/** Output of `apt-cache showpkg`: the packages that provide each name. */
export function parseProviders(text: string): Map<string, string[]> {
  const providers = new Map<string, string[]>();
  let name = '';
  let inside = false;
  for (const line of text.split('\n')) {
    const heading = /^Package: (.*)$/.exec(line)?.[1];
    if (heading !== undefined) providers.set((name = heading), []);
    if (/^[A-Z].*:/.test(line)) inside = line.startsWith('Reverse Provides:');
    else if (inside && line.trim() !== '') {
      const provider = line.split(' ')[0]!;
      const list = providers.get(name)!;
      if (!list.includes(provider)) list.push(provider);
    }
  }
  return providers;
}

/** Whether what is installed is what the entry asks for, its version included. */
export function isSatisfied({ version }: PackageSpec, { installed }: PackageState): boolean {
  if (installed === undefined) return false;
  if (!version) return true;
  if (version.relation === '=') return shellPattern(version.text).test(installed);
  return compareVersions(installed, version.text) >= 0;
}

/** The version that apt would install for the entry; undefined if there is none. */
export function bestVersion({ version }: PackageSpec, available: Availability | undefined): string | undefined {
  if (!available) return undefined;
  if (!version) return available.candidate;
  if (version.relation === '=') {
    const pattern = shellPattern(version.text);
    return available.versions.find((one) => pattern.test(one));
  }
  const { candidate } = available;
  return candidate !== undefined && compareVersions(candidate, version.text) >= 0 ? candidate : undefined;
}
