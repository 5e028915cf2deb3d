import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import { shellPattern } from '../../template/shell-pattern.ts';
import { type Action, type AptOptions, aptGet, aptWords, cacheTime } from './commands.ts';
import { type PackageSpec, parseSpec } from './spec.ts';
import { type Availability, type PackageState, parseInstalled, parsePolicy, parseProviders } from './state.ts';

/** What a host has of the packages named. */
export interface AptState {
  /** The entries, patterns replaced by the names they match. */
  readonly specs: readonly PackageSpec[];
  readonly packages: ReadonlyMap<string, PackageState>;
  /** Patterns that match nothing. */
  readonly unmatched: readonly string[];
  /** Seconds since the epoch, of the package lists; and the host's clock. */
  readonly cacheTime: number;
  readonly now: number;
}

/** A run of apt-get that only told what it would do. */
export interface Simulation {
  readonly rc: number;
  readonly stdout: string;
  readonly stderr: string;
}

const mark = '\x1e\n';
const fields = '${Package}|${Architecture}|${db:Status-Abbrev}|${Version}\\n';

/**
 * Looks at the packages in one round trip; apt's cache, which is slow, is asked only for patterns, versions, `latest`
 * and what is not installed.
 */
export async function inspectPackages(
  host: HostView,
  entries: readonly string[],
  wish: { readonly latest: boolean; readonly absent: boolean; readonly release: string | null },
): Promise<AptState> {
  const patterns = entries.map(parseSpec).filter((spec) => spec.isPattern);
  const { specs, unmatched } = await expandPatterns(host, entries.map(parseSpec), patterns);
  const names = [...new Set(specs.map(({ name }) => name))];
  const always = wish.latest || specs.some(({ version }) => version);
  const ask = wish.absent ? 'never' : always ? 'always' : 'missing';
  const { stdout } = await host.query(lookAt(names, ask, wish.release));
  const [installed = '', automatic = '', policy = '', shown = '', times = ''] = stdout.toString('utf8').split(mark);
  const [asked, now, time] = times.split('\n');
  return {
    specs,
    unmatched,
    packages: readPackages(names, installed, automatic, asked === 'always' ? { policy, shown } : undefined),
    cacheTime: Number(time),
    now: Number(now),
  };
}

function lookAt(names: readonly string[], ask: 'never' | 'always' | 'missing', release: string | null) {
  const clock = sh`date +%s; ${cacheTime}`;
  if (names.length === 0) return sh`printf '\036\n\036\n\036\n\036\nnever\n'; ${clock}`;
  const cacheOptions = release === null ? [] : ['-o', `APT::Default-Release=${release}`];
  const blocks = names.flatMap((name) => ['-e', `Package: ${name.split(':')[0]}`]);
  return sh`LC_ALL=C; export LC_ALL; set -- ${names}
found=$(dpkg-query -W -f ${fields} -- "$@" 2>/dev/null); printf '%s\n\036\n' "$found"
grep -s -x -F -A 2 ${blocks} /var/lib/apt/extended_states; printf '\036\n'
ask=${ask}; ready=' '; while IFS='|' read -r p a s v; do case $s in 'ii '*) ready="$ready$p $p:$a ";; esac; done <<END
$found
END
if [ $ask = missing ]; then for n; do case $ready in *" $n "*) ;; *) ask=always; break;; esac; done; fi
[ $ask != always ] || apt-cache ${cacheOptions} policy -- "$@" 2>/dev/null; printf '\036\n'
[ $ask != always ] || apt-cache showpkg -- "$@" 2>/dev/null; printf '\036\n'
echo $ask; ${clock}`;
}

function readPackages(
  names: readonly string[],
  installed: string,
  automatic: string,
  cache: { readonly policy: string; readonly shown: string } | undefined,
) {
  const dpkg = parseInstalled(installed);
  const policies = parsePolicy(cache?.policy ?? '');
  const providers = parseProviders(cache?.shown ?? '');
  const auto = new Set(
    [...automatic.matchAll(/^Package: (\S+)\nArchitecture: \S+\nAuto-Installed: 1$/gm)].map((match) => match[1]!),
  );
  return new Map(
    names.map((name): [string, PackageState] => {
      const own = dpkg.get(name);
      const available: Availability = {
        known: policies.has(name) && (policies.get(name)!.versions.length > 0 || own !== undefined),
        versions: [],
        ...policies.get(name),
        providers: providers.get(name) ?? [],
      };
      return [
        name,
        {
          leftovers: own?.leftovers ?? false,
          automatic: auto.has(name.split(':')[0]!),
          ...(own?.version !== undefined && { installed: own.version }),
          ...(cache && { available }),
        },
      ];
    }),
  );
}

async function expandPatterns(host: HostView, specs: readonly PackageSpec[], patterns: readonly PackageSpec[]) {
  if (patterns.length === 0) return { specs, unmatched: [] };
  const { stdout } = await host.query(sh`apt-cache pkgnames`);
  const names = stdout.toString('utf8').split('\n').sort();
  const matches = (spec: PackageSpec) => {
    const pattern = shellPattern(spec.name.split(':')[0]!);
    return names.filter((name) => pattern.test(name));
  };
  return {
    specs: specs.flatMap((spec) => {
      const arch = spec.name.includes(':') ? `:${spec.name.split(':')[1]}` : '';
      return spec.isPattern ? matches(spec).map((name) => parseSpec(name + arch)) : [spec];
    }),
    unmatched: patterns.filter((spec) => matches(spec).length === 0).map(({ name }) => name),
  };
}

/** What apt-get would do. */
export async function simulate(
  host: HostView,
  action: Action,
  packages: readonly string[],
  options: AptOptions,
  fixBroken = false,
): Promise<Simulation> {
  const { rc, stdout, stderr } = await host.query(aptGet(aptWords(action, packages, options, fixBroken), true));
  return { rc, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
}
