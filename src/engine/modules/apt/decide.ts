import type { AptState } from './inspect.ts';
import { exactVersion, type PackageSpec } from './spec.ts';
import { bestVersion, isSatisfied } from './state.ts';

/** What to ask of apt-get: words for its packages, or why it cannot be done. */
export type Decision =
  | { readonly packages: readonly string[]; readonly markManual: readonly string[] }
  | { readonly failed: string };

export interface InstallWish {
  readonly latest: boolean;
  readonly onlyUpgrade: boolean;
  readonly buildDep: boolean;
  /** The lists are updated first, so what apt knows now says little. */
  readonly afterUpdate: boolean;
}

/** Chooses the packages, with versions, that have to be installed. */
export function decideInstall(state: AptState, wish: InstallWish): Decision {
  if (state.unmatched.length && !wish.afterUpdate)
    return { failed: `No package(s) matching '${state.unmatched[0]}' available` };
  if (wish.buildDep) return { packages: state.specs.map(({ written }) => written), markManual: [] };
  const packages: string[] = [];
  for (const spec of state.specs) {
    const word = installWord(spec, state, wish);
    if (word === undefined) continue;
    if (typeof word !== 'string') return word;
    packages.push(word);
  }
  const markManual = state.specs.map(({ name }) => name).filter((name) => state.packages.get(name)?.automatic);
  return { packages, markManual };
}

function installWord(spec: PackageSpec, state: AptState, wish: InstallWish): string | { failed: string } | undefined {
  const own = state.packages.get(spec.name)!;
  const { available } = own;
  if (own.installed === undefined && wish.onlyUpgrade) return undefined;
  if (own.installed === undefined && available && !available.known) {
    if (available.providers.length === 0 && !wish.afterUpdate)
      return { failed: `No package matching '${spec.name}' is available` };
    return spec.name + exactVersion(spec); // apt knows whether something that provides it is there
  }
  const satisfied = isSatisfied(spec, own);
  const best = bestVersion(spec, available);
  const newer = best !== undefined && best !== own.installed;
  if (satisfied && !(wish.latest && newer) && !(wish.latest && wish.afterUpdate)) return undefined;
  if (wish.afterUpdate) return spec.name + exactVersion(spec);
  if (best === undefined) return { failed: `no available installation candidate for ${spec.written}` };
  return `${spec.name}=${best}`;
}

/** Chooses the packages that have to go. */
export function decideRemove(state: AptState, purge: boolean): Decision {
  if (state.unmatched.length) return { failed: `No package(s) matching '${state.unmatched[0]}' available` };
  const packages = state.specs.filter((spec) => {
    const own = state.packages.get(spec.name)!;
    return isSatisfied(spec, own) || (purge && own.leftovers);
  });
  return { packages: packages.map(({ name, written, version }) => (version ? name : written)), markManual: [] };
}
