import { sh } from '../remote/quote.ts';
import type { HostView } from '../remote/types.ts';
import { splitCommand } from './commands/shlex.ts';
import { type ArgsOf, defineModule } from './define.ts';
import { failedChange, runChange, textOf } from './run-change.ts';
import type { ArgSpec, Plan } from './types.ts';

const args = {
  name: { type: 'str', doc: 'A package; by default those of package.json.' },
  path: { type: 'path', doc: 'Folder of the project.' },
  version: { type: 'str', doc: 'Version of the package.' },
  state: { type: 'str', choices: ['absent', 'latest', 'present'], default: 'present', doc: 'What it shall be.' },
  global: { type: 'bool', default: false, doc: 'For all projects.' },
  production: { type: 'bool', default: false, doc: 'Without what only development needs.' },
  ignore_scripts: { type: 'bool', default: false, doc: 'Do not run scripts of packages.' },
  unsafe_perm: { type: 'bool', default: false, doc: 'Run scripts of packages as root.' },
  ci: { type: 'bool', default: false, doc: 'Install exactly what the lock file says.' },
  no_optional: { type: 'bool', default: false, doc: 'Without optional packages.' },
  no_bin_links: { type: 'bool', default: false, doc: 'Without links to programs.' },
  force: { type: 'bool', default: false, doc: 'Fetch what is there too.' },
  registry: { type: 'str', doc: 'Address of the registry.' },
  executable: { type: 'path', doc: 'The npm to use, with options before its own.' },
} as const satisfies Record<string, ArgSpec>;

type NpmArgs = ArgsOf<typeof args>;

interface NpmState {
  readonly there: boolean;
  /** Versions of what is installed; `missing` for what package.json wants and is not there. */
  readonly packages: ReadonlyMap<string, string>;
  /** Names that have a newer version. */
  readonly outdated: readonly string[];
}

export const npm = defineModule({
  name: 'npm',
  collection: 'community.general',
  summary: 'Manage packages of Node.js',
  args,
  rules: { requiredIf: [['state', 'absent', ['name']]] },
  inspect: inspectPackages,
  plan: planPackages,
  report(given, before, outcomes) {
    const failure = failedChange(planPackages(given, before).changes, outcomes);
    return failure ? { failed: textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout) } : {};
  },
  examples: '- community.general.npm: {path: /opt/app, production: true}',
});

function program({ executable }: NpmArgs): string[] {
  return executable === null ? ['npm'] : splitCommand(executable);
}

async function inspectPackages(host: HostView, given: NpmArgs): Promise<NpmState> {
  const scope = given.global ? ['--global'] : [];
  const { stdout } = await host.query(sh`command -v ${program(given)[0]!} >/dev/null || exit 0
cd ${given.path ?? '/'} 2>/dev/null || { echo '{}'; exit 0; }
${program(given)} list --json --long=false --depth=0 ${scope} 2>/dev/null; printf '\036'
[ ${given.state} != latest ] || ${program(given)} outdated --json ${scope} 2>/dev/null; :`);
  const [listed = '', older = ''] = stdout.toString('utf8').split('\x1e');
  return { there: listed !== '', packages: readList(listed), outdated: Object.keys(asObject(older)) };
}

function readList(json: string): Map<string, string> {
  const found = new Map<string, string>();
  const entries = Object.entries(asObject(asObject(json)['dependencies']));
  for (const [name, entry] of entries) {
    const { version, missing, invalid } = asObject(entry);
    found.set(name, missing || invalid || typeof version !== 'string' ? 'missing' : version);
  }
  return found;
}

/** What npm prints is JSON, unless something went wrong. */
function asObject(value: unknown): Record<string, unknown> {
  try {
    const parsed = typeof value === 'string' ? JSON.parse(value) : value;
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

function planPackages(given: NpmArgs, { there, packages, outdated }: NpmState): Plan {
  const fail = (failed: string): Plan => ({ changes: [], failed });
  if (!given.path && !given.global) return fail('path must be specified when not using global');
  if (!there) return fail('Failed to find required executable "npm" in paths');
  const { name, version } = given;
  const found = name === null ? undefined : packages.get(name);
  const run = (verb: string, what: readonly string[]): Plan => ({
    changes: [runChange(`npm ${[verb, ...what].join(' ')}`, script(given, verb, what))],
  });
  if (given.state === 'absent') return found === undefined ? { changes: [] } : run('uninstall', [name!]);
  if (name === null) {
    if (given.ci) return run('ci', []);
    const missing = [...packages.values()].includes('missing') || packages.size === 0;
    if (missing) return run('install', []);
    return given.state === 'latest' && outdated.length > 0 ? run('update', []) : { changes: [] };
  }
  const wanted = version === null ? name : `${name}@${version}`;
  const fits = found !== undefined && found !== 'missing' && (version === null || found === version);
  if (!fits) return run('install', [given.state === 'latest' && version === null ? `${name}@latest` : wanted]);
  const isOld = given.state === 'latest' && version === null && outdated.includes(name);
  return isOld ? run('install', [`${name}@latest`]) : { changes: [] };
}

function script(given: NpmArgs, verb: string, what: readonly string[]) {
  const options = [
    ...(given.global ? ['--global'] : []),
    ...(given.production && verb !== 'uninstall' ? ['--production'] : []),
    ...(given.ignore_scripts ? ['--ignore-scripts'] : []),
    ...(given.unsafe_perm ? ['--unsafe-perm'] : []),
    ...(given.no_optional ? ['--no-optional'] : []),
    ...(given.no_bin_links ? ['--no-bin-links'] : []),
    ...(given.force ? ['--force'] : []),
    ...(given.registry === null ? [] : ['--registry', given.registry]),
  ];
  const folder = given.path === null ? sh`cd /` : sh`mkdir -p -- ${given.path} && cd ${given.path}`;
  return sh`${folder} && ${program(given)} ${verb} ${options} ${what}`;
}
