import { join, sh } from '../remote/quote.ts';
import type { HostView } from '../remote/types.ts';
import { splitCommand } from './commands/shlex.ts';
import { type ArgsOf, defineModule } from './define.ts';
import { failedChange, runChange, textOf } from './run-change.ts';
import { linesOf } from './text-file.ts';
import type { ArgSpec, Plan } from './types.ts';

const args = {
  name: { type: 'list', elements: 'str', doc: 'Packages: `flask`, `flask>=2`, an address or a path.' },
  version: { type: 'str', doc: 'Version of the one package.' },
  requirements: { type: 'str', doc: "A file of the host's that names the packages." },
  state: {
    type: 'str',
    choices: ['present', 'absent', 'latest', 'forcereinstall'],
    default: 'present',
    doc: 'What they shall be.',
  },
  virtualenv: { type: 'path', doc: 'Virtual environment to install in; made if it is not there.' },
  virtualenv_site_packages: { type: 'bool', default: false, doc: "It sees the system's packages." },
  virtualenv_command: { type: 'str', default: 'virtualenv', doc: 'Command that makes it: `python3 -m venv`.' },
  virtualenv_python: { type: 'str', doc: 'Python that it uses.' },
  extra_args: { type: 'str', doc: 'More options for pip.' },
  editable: { type: 'bool', default: false, doc: 'Install so that its source may be edited.' },
  chdir: { type: 'path', doc: 'Folder to work in.' },
  executable: { type: 'path', doc: 'The pip to use.' },
  umask: { type: 'str', doc: 'Umask while it works.' },
  break_system_packages: { type: 'bool', default: false, doc: 'Install beside what the system manages.' },
} as const satisfies Record<string, ArgSpec>;

type PipArgs = ArgsOf<typeof args>;

interface PipState {
  /** Words that call pip; empty if there is none. */
  readonly pip: string;
  readonly hasEnvironment: boolean;
  /** Versions by normalised name. */
  readonly installed: ReadonlyMap<string, string>;
}

export const pip = defineModule({
  name: 'pip',
  collection: 'ansible.builtin',
  summary: 'Manage Python packages of a host that has pip',
  args,
  rules: {
    requiredOneOf: [['name', 'requirements']],
    mutuallyExclusive: [
      ['name', 'requirements'],
      ['executable', 'virtualenv'],
    ],
  },
  inspect: inspectPip,
  plan: planPip,
  report(given, before, outcomes) {
    const { changes, result = {} } = planPip(given, before);
    const stdout = outcomes.map((outcome) => textOf(outcome.stdout)).join('\n');
    const stderr = outcomes.map((outcome) => textOf(outcome.stderr)).join('\n');
    if (failedChange(changes, outcomes))
      return { failed: `${stdout}\n${stderr}`.trim(), result: { ...result, stdout, stderr } };
    if (outcomes.length === 0) return {};
    const settled = changes.length > 1 || /Successfully (un)?installed/.test(stdout);
    return { changed: settled, result: { ...result, stdout, stderr } };
  },
  examples: '- pip: {name: [flask, "requests>=2"], virtualenv: /opt/app/venv, virtualenv_command: python3 -m venv}',
});

async function inspectPip(host: HostView, given: PipArgs): Promise<PipState> {
  const own = environmentPip(given);
  const candidates = own !== undefined ? [own] : given.executable !== null ? [given.executable] : ['pip3', 'pip'];
  const { stdout } = await host.query(sh`for p in ${candidates}; do command -v -- "$p" >/dev/null || continue
echo "$p"; "$p" list --format=freeze --disable-pip-version-check 2>/dev/null; exit 0; done
! python3 -m pip --version >/dev/null 2>&1 || { echo 'python3 -m pip'; python3 -m pip list --format=freeze 2>/dev/null; }; :`);
  const [found = '', ...lines] = linesOf(stdout.toString('utf8'));
  const installed = lines.flatMap((line): [string, string][] => {
    const [name = '', version] = line.split('==');
    return version === undefined ? [] : [[plainName(name), version]];
  });
  const environmentIsThere = own !== undefined && found === own;
  return {
    pip: own === undefined || environmentIsThere ? found : own,
    hasEnvironment: environmentIsThere,
    installed: new Map(installed),
  };
}

function environmentPip({ virtualenv, chdir }: PipArgs): string | undefined {
  if (virtualenv === null) return undefined;
  const folder = virtualenv.startsWith('/') || chdir === null ? virtualenv : `${chdir}/${virtualenv}`;
  return `${folder.replace(/\/+$/, '')}/bin/pip`;
}

/** Dashes, dots and underscores are one to pip. */
function plainName(name: string): string {
  return name
    .replace(/\[.*/, '')
    .trim()
    .toLowerCase()
    .replace(/[-_.]+/g, '-');
}

function planPip(given: PipArgs, state: PipState): Plan {
  const { name, version, state: wanted } = given;
  const result = { name, version, state: wanted, requirements: given.requirements, virtualenv: given.virtualenv };
  const fail = (failed: string): Plan => ({ changes: [], failed, result });
  if (wanted === 'latest' && version !== null) return fail('version is incompatible with state=latest');
  if (version !== null && (name ?? []).length > 1) {
    return fail(
      "'version' argument is ambiguous when installing multiple package distributions. Please specify version restrictions next to each package in 'name' argument.",
    );
  }
  if (state.pip === '') return fail('Unable to find any of pip3, pip to use. pip needs to be installed.');
  const named = (name ?? [])
    .flatMap((each) => each.split(',').map((part) => part.trim()))
    .filter((each) => each !== '');
  const packages = version === null ? named : named.map((each) => `${each}==${version}`);
  const changes = [];
  if (given.virtualenv !== null && !state.hasEnvironment) changes.push(makeEnvironment(given));
  const needed = packages.filter((each) => !isSettled(each, wanted, state.installed));
  if (given.requirements === null && needed.length === 0) return { changes, result };
  const summary = wanted === 'absent' ? 'uninstall' : 'install';
  const what = given.requirements ?? packages.join(' ');
  changes.push(runChange(`${summary} Python packages ${what}`, pipScript(given, state, packages)));
  return { changes, result };
}

/** Whether nothing is to be done for it. Version ranges and addresses are left to pip, unless the version is exact. */
function isSettled(wanted: string, state: PipArgs['state'], installed: ReadonlyMap<string, string>): boolean {
  const [, name = '', operator = '', version = ''] =
    /^([A-Za-z0-9._-]+(?:\[[^\]]*\])?)\s*(==|)\s*([^=<>!~;,\s]*)$/.exec(wanted) ?? [];
  const found = name === '' ? undefined : installed.get(plainName(name));
  if (state === 'absent') return name !== '' && found === undefined;
  if (state !== 'present' || found === undefined) return false;
  return operator === '' || found === version;
}

function makeEnvironment(given: PipArgs) {
  const words = [
    ...splitCommand(given.virtualenv_command),
    ...(given.virtualenv_site_packages ? ['--system-site-packages'] : []),
    ...(given.virtualenv_python === null ? [] : [`-p${given.virtualenv_python}`]),
  ];
  const script = sh`${within(given)}; ${words} ${given.virtualenv ?? ''}`;
  return runChange(`make the virtual environment ${given.virtualenv}`, script, {
    undo: sh`rm -rf -- ${given.virtualenv ?? ''}`,
  });
}

function within({ chdir, umask }: PipArgs) {
  return join([chdir === null ? sh`cd /tmp` : sh`cd ${chdir}`, umask === null ? sh`:` : sh`umask ${umask}`]);
}

const verbs: Readonly<Record<PipArgs['state'], readonly string[]>> = {
  present: ['install'],
  absent: ['uninstall', '-y'],
  latest: ['install', '-U'],
  forcereinstall: ['install', '-U', '--force-reinstall'],
};

function pipScript(given: PipArgs, { pip: program }: PipState, packages: readonly string[]) {
  const extra = given.extra_args === null ? [] : splitCommand(given.extra_args);
  const editable = given.editable && !extra.includes('-e') ? ['-e'] : [];
  const what = given.requirements === null ? packages : ['-r', given.requirements];
  const bin = given.virtualenv === null ? sh`:` : sh`PATH=${program.replace(/\/pip$/, '')}:$PATH`;
  const system = given.break_system_packages ? sh`export PIP_BREAK_SYSTEM_PACKAGES=1` : sh`:`;
  const words = program.split(' ');
  return sh`${within(given)}; ${bin}; ${system}; ${words} ${verbs[given.state]} ${extra} ${editable} ${what}`;
}
