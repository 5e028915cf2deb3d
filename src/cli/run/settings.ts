import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { ConnectionDefaults } from '../../engine/executor/context.ts';
import { INVALID_GROUP_NAMES, type InvalidGroupNames } from '../../engine/inventory/group-names.ts';
import type { SourceSettings } from '../../engine/inventory/source-settings.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { ConfiguredFolders } from '../../engine/playbook/content/folders.ts';
import type { RunSettings } from '../../engine/vars/frame.ts';
import type { Parsed } from '../options.ts';
import { sourceSettings } from '../settings/sources.ts';

/** Settings from ANSIBLE_* variables, which the command line overrides. */
export interface Settings {
  readonly inventory: readonly string[];
  readonly rolePaths: readonly string[];
  readonly collectionsPaths: readonly string[];
  /** Folders of the user's modules and plugins. */
  readonly contentFolders: ConfiguredFolders;
  readonly invalidGroupNames: InvalidGroupNames;
  /** How inventory sources are read. */
  readonly sources: SourceSettings;
  /** Whether it is told that there is no host but localhost. */
  readonly localhostWarning: boolean;
  readonly forks: number;
  readonly forceHandlers: boolean;
  /** Whether notifying a handler that is not there ends the run; else it is a warning. */
  readonly missingHandlerIsError: boolean;
  readonly limit: string | undefined;
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
  readonly checkMode: boolean;
  readonly diffMode: boolean;
  readonly verbosity: number;
  /** A file that gets all output too, and how much of it. */
  readonly log: { readonly path: string; readonly verbosity: number } | undefined;
  readonly strategy: string;
  readonly gathering: RunSettings['gathering'];
  readonly noLog: boolean;
  readonly debuggerEnabled: boolean;
  readonly debuggerIgnoresErrors: boolean;
  readonly pollInterval: number;
  readonly asyncDir: string;
  /** Seconds; 0 for any time. */
  readonly taskTimeout: number;
  readonly anyErrorsFatal: boolean;
  /** Whether roles keep their variables to themselves; undefined: as Ansible does by default. */
  readonly privateRoleVars: boolean | undefined;
  readonly connection: Omit<ConnectionDefaults, 'password' | 'becomePassword'>;
}

/** A host costs the controller little here, so that Ansible's 5 would only make runs wait; `serial` and `throttle` bound what they must. */
const FORKS = '50';

type Env = Readonly<Record<string, string | undefined>>;

export function readSettings(options: Parsed, env: Env): Settings {
  const truth = (name: string, fallback: boolean) => (env[name] === undefined ? fallback : isTrue(env[name]!));
  const limits = options.list('limit');
  return {
    inventory: inventorySources(options.list('inventory'), env),
    rolePaths: paths(env['ANSIBLE_ROLES_PATH']),
    collectionsPaths: collectionFolders(env),
    contentFolders: {
      collections: collectionFolders(env),
      given: options.list('module-path').flatMap(paths),
      kinds: pluginFolders(env),
    },
    invalidGroupNames: groupNames(env['ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS']),
    sources: sourceSettings(env),
    localhostWarning: truth('ANSIBLE_LOCALHOST_WARNING', true),
    forks: positive(options.text('forks') ?? env['ANSIBLE_FORKS'] ?? FORKS, 'forks'),
    forceHandlers: options.on('force-handlers') || truth('ANSIBLE_FORCE_HANDLERS', false),
    missingHandlerIsError: truth('ANSIBLE_ERROR_ON_MISSING_HANDLER', true),
    limit: limits.length > 0 ? limits.join(',') : undefined,
    tags: words(options.list('tags'), env['ANSIBLE_RUN_TAGS']),
    skipTags: words(options.list('skip-tags'), env['ANSIBLE_SKIP_TAGS']),
    checkMode: options.on('check') || truth('ANSIBLE_CHECK_MODE', false),
    diffMode: options.on('diff') || truth('ANSIBLE_DIFF_ALWAYS', false),
    verbosity: options.count('verbose') || Number(env['ANSIBLE_VERBOSITY'] ?? 0),
    log: logOf(env, options),
    strategy: env['ANSIBLE_STRATEGY'] || 'linear',
    gathering: gathering(env['ANSIBLE_GATHERING']),
    noLog: truth('ANSIBLE_NO_LOG', false),
    debuggerEnabled: truth('ANSIBLE_ENABLE_TASK_DEBUGGER', false),
    debuggerIgnoresErrors: truth('ANSIBLE_TASK_DEBUGGER_IGNORE_ERRORS', true),
    pollInterval: positive(env['ANSIBLE_POLL_INTERVAL'] ?? '15', 'poll'),
    taskTimeout: Number(options.text('task-timeout') ?? (env['ANSIBLE_TASK_TIMEOUT'] || 0)),
    asyncDir: env['ANSIBLE_ASYNC_DIR'] || '~/.ansible_async',
    anyErrorsFatal: truth('ANSIBLE_ANY_ERRORS_FATAL', false),
    privateRoleVars: env['ANSIBLE_PRIVATE_ROLE_VARS'] ? truth('ANSIBLE_PRIVATE_ROLE_VARS', false) : undefined,
    connection: {
      connection: options.text('connection') ?? env['ANSIBLE_TRANSPORT'],
      user: options.text('user') ?? env['ANSIBLE_REMOTE_USER'],
      privateKeyFile: expandHome(options.text('private-key') ?? env['ANSIBLE_PRIVATE_KEY_FILE']),
      sshArgs: [
        env['ANSIBLE_SSH_ARGS'],
        env['ANSIBLE_SSH_COMMON_ARGS'],
        options.text('ssh-common-args'),
        options.text('ssh-extra-args'),
      ].filter((text) => text !== undefined),
      hostKeyChecking: truth('ANSIBLE_HOST_KEY_CHECKING', truth('ANSIBLE_SSH_HOST_KEY_CHECKING', true)),
      timeout: positive(options.text('timeout') ?? env['ANSIBLE_TIMEOUT'] ?? '10', 'timeout'),
      become: options.on('become') || truth('ANSIBLE_BECOME', false),
      becomeUser: options.text('become-user') ?? env['ANSIBLE_BECOME_USER'],
      port: env['ANSIBLE_REMOTE_PORT'] ? positive(env['ANSIBLE_REMOTE_PORT'], 'port') : undefined,
      shell: env['ANSIBLE_EXECUTABLE'] || undefined,
      becomeExe: env['ANSIBLE_BECOME_EXE'] || undefined,
      becomeFlags: env['ANSIBLE_BECOME_FLAGS'] || undefined,
      becomeMethod: options.text('become-method') ?? env['ANSIBLE_BECOME_METHOD'],
    },
  };
}

const COLLECTIONS = '~/.ansible/collections:/usr/share/ansible/collections';

/** Absolute folders in which `ansible_collections` lies. */
export function collectionFolders(env: Env): string[] {
  return paths(env['ANSIBLE_COLLECTIONS_PATH'] ?? env['ANSIBLE_COLLECTIONS_PATHS'] ?? COLLECTIONS);
}

/** Kinds of plugin whose folders a setting names, which has the kind's name too. */
const PLUGINS = ['action', 'become', 'connection', 'filter', 'lookup', 'strategy', 'test'] as const;

/** Where modules and plugins lie that come with no content. */
function pluginFolders(env: Env): ConfiguredFolders['kinds'] {
  const usual = (kind: string) => `~/.ansible/plugins/${kind}:/usr/share/ansible/plugins/${kind}`;
  const named = PLUGINS.map((kind) => {
    return [`${kind}_plugins`, paths(env[`ANSIBLE_${kind.toUpperCase()}_PLUGINS`] ?? usual(kind))] as const;
  });
  return { library: paths(env['ANSIBLE_LIBRARY'] ?? usual('modules')), ...Object.fromEntries(named) };
}

function logOf(env: Env, options: Parsed): Settings['log'] {
  const path = expandHome(env['ANSIBLE_LOG_PATH'] || undefined);
  const verbosity = Number(env['ANSIBLE_LOG_VERBOSITY'] ?? (options.count('verbose') || env['ANSIBLE_VERBOSITY'] || 0));
  return path === undefined ? undefined : { path: resolve(path), verbosity };
}

function gathering(text: string | undefined): Settings['gathering'] {
  return text === 'explicit' || text === 'smart' ? text : 'implicit';
}

function inventorySources(given: readonly string[], env: Env): readonly string[] {
  if (given.length > 0) return given;
  const fromEnv = env['ANSIBLE_INVENTORY'];
  if (fromEnv) return fromEnv.split(',').filter(Boolean);
  return [];
}

function groupNames(text: string | undefined): InvalidGroupNames {
  return INVALID_GROUP_NAMES.find((known) => known === text?.trim().toLowerCase()) ?? 'never';
}

function words(given: readonly string[], env: string | undefined): string[] {
  const source = given.length > 0 ? given : env ? [env] : [];
  return source
    .flatMap((text) => text.split(','))
    .map((word) => word.trim())
    .filter(Boolean);
}

function paths(text: string | undefined): string[] {
  return (text ?? '')
    .split(':')
    .filter(Boolean)
    .map((path) => resolve(expandHome(path)!));
}

function expandHome(path: string | undefined): string | undefined {
  return path?.replace(/^~(?=\/|$)/, homedir());
}

function isTrue(text: string): boolean {
  return ['1', 'true', 'yes', 'on', 'y', 't'].includes(text.toLowerCase());
}

function positive(text: string, name: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new TsplayError('option', `--${name} must be a positive number, not '${text}'`);
}
