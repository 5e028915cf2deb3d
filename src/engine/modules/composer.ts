import { sh } from '../remote/quote.ts';
import type { HostView } from '../remote/types.ts';
import { splitCommand } from './commands/shlex.ts';
import { type ArgsOf, defineModule } from './define.ts';
import { runChange, textOf } from './run-change.ts';
import type { ArgSpec, Plan } from './types.ts';

const flag = (doc: string, preset = false) => ({ type: 'bool', default: preset, doc }) as const;

const args = {
  command: { type: 'str', default: 'install', doc: 'What composer does: `install`, `update`, `require`, ...' },
  arguments: { type: 'str', default: '', doc: 'Words after the command.' },
  working_dir: { type: 'path', doc: 'Folder of the project.' },
  global_command: flag('For all projects of the user.'),
  executable: { type: 'path', aliases: ['php_path'], doc: 'The PHP to use.' },
  composer_executable: { type: 'path', doc: 'The composer to use.' },
  prefer_source: flag('Install from sources.'),
  prefer_dist: flag('Install from archives.'),
  no_dev: flag('Without what only development needs.', true),
  no_scripts: flag('Do not run scripts.'),
  no_plugins: flag('Do not use plugins.'),
  optimize_autoloader: flag('Make the autoloader fast.', true),
  classmap_authoritative: flag('Load classes from the class map alone.'),
  apcu_autoloader: flag('Keep found classes in APCu.'),
  ignore_platform_reqs: flag('Do not look at the version of PHP and its extensions.'),
} as const satisfies Record<string, ArgSpec>;

type ComposerArgs = ArgsOf<typeof args>;

interface ComposerState {
  readonly problem: string | undefined;
  /** Long options that the command knows. */
  readonly known: ReadonlySet<string>;
  /** What would be done, as composer says it; undefined where the command cannot say so. */
  readonly dryRun: string | undefined;
}

/** Options by argument. */
const OPTIONS = {
  prefer_source: 'prefer-source',
  prefer_dist: 'prefer-dist',
  no_dev: 'no-dev',
  no_scripts: 'no-scripts',
  no_plugins: 'no-plugins',
  optimize_autoloader: 'optimize-autoloader',
  classmap_authoritative: 'classmap-authoritative',
  apcu_autoloader: 'apcu-autoloader',
  ignore_platform_reqs: 'ignore-platform-reqs',
} as const;

export const composer = defineModule({
  name: 'composer',
  collection: 'community.general',
  summary: 'Manage packages of PHP with composer',
  args,
  rules: { requiredIf: [['global_command', false, ['working_dir']]] },
  inspect: inspectProject,
  plan: planProject,
  report(_given, _before, [outcome]): Partial<Plan> {
    if (!outcome) return {};
    const said = `${textOf(outcome.stdout)}\n${textOf(outcome.stderr)}`.trim();
    if (outcome.rc !== 0) return { failed: said, result: { stdout: textOf(outcome.stdout) } };
    return { changed: !isIdle(said), result: { msg: said, stdout: said } };
  },
  examples: '- community.general.composer: {working_dir: /srv/shop}',
});

/** What composer says where there was nothing to do. */
function isIdle(said: string): boolean {
  return /Nothing to install(?:, update)? or (?:update|remove)/.test(said);
}

async function inspectProject(host: HostView, given: ComposerArgs): Promise<ComposerState> {
  if (/\s/.test(given.command)) return { problem: undefined, known: new Set(), dryRun: undefined };
  const { rc, stdout } = await host.query(sh`${start(given)} || exit 9
"$php" "$composer" help ${given.command} --no-interaction --format=json 2>/dev/null; printf '\036'`);
  if (rc === 9) return { problem: missingProgram(given), known: new Set(), dryRun: undefined };
  const known = new Set(Object.keys(definition(stdout.toString('utf8').split('\x1e')[0] ?? '')));
  if (!known.has('dry-run')) return { problem: undefined, known, dryRun: undefined };
  const dry = await host.query(sh`${start(given)}; ${call(given, known, ['--dry-run'])} 2>&1`, { timeout: 600 });
  return { problem: undefined, known, dryRun: dry.rc === 0 ? dry.stdout.toString('utf8') : undefined };
}

function missingProgram({ composer_executable: own }: ComposerArgs): string {
  return `Failed to find required executable "php" or "${own ?? 'composer'}" in paths`;
}

function definition(json: string): object {
  try {
    return (JSON.parse(json) as { definition?: { options?: object } }).definition?.options ?? {};
  } catch {
    return {};
  }
}

/** Finds the programs. */
function start({ executable, composer_executable: own }: ComposerArgs) {
  return sh`php=$(command -v ${executable ?? 'php'}) && composer=$(command -v ${own ?? 'composer'})`;
}

function call(given: ComposerArgs, known: ReadonlySet<string>, more: readonly string[]) {
  const wanted = Object.entries(OPTIONS).flatMap(([name, option]) =>
    given[name as keyof typeof OPTIONS] && known.has(option) ? [`--${option}`] : [],
  );
  const plain = ['no-ansi', 'no-interaction', 'no-progress']
    .filter((option) => known.has(option))
    .map((option) => `--${option}`);
  const folder = given.working_dir === null ? [] : ['--working-dir', given.working_dir];
  const words = [...(given.global_command ? ['global'] : []), given.command, ...plain, ...wanted, ...folder, ...more];
  return sh`"$php" "$composer" ${words} ${splitCommand(given.arguments)}`;
}

function planProject(given: ComposerArgs, { problem, known, dryRun }: ComposerState): Plan {
  if (/\s/.test(given.command))
    return { changes: [], failed: "Use the 'arguments' param for passing arguments with the 'command'" };
  if (problem !== undefined) return { changes: [], failed: problem };
  if (dryRun !== undefined && isIdle(dryRun)) return { changes: [], result: { msg: dryRun.trim() } };
  const script = sh`${start(given)} || exit 1; ${call(given, known, [])}`;
  return { changes: [runChange(`composer ${given.command} ${given.arguments}`.trim(), script)] };
}
