import type { Setting, Value } from '../../engine/model/value.ts';
import type { Config, Env } from './config.ts';

type Kind = 'bool' | 'int' | 'list' | 'paths' | 'str';

/** Settings under the names that the `config` lookup takes: variable, kind, default. */
const SETTINGS: Readonly<Record<string, readonly [variable: string, kind: Kind, fallback: Value]>> = {
  ANSIBLE_COW_ACCEPTLIST: ['ANSIBLE_COW_ACCEPTLIST', 'list', cows()],
  ANSIBLE_FORCE_COLOR: ['ANSIBLE_FORCE_COLOR', 'bool', false],
  ANSIBLE_NOCOLOR: ['ANSIBLE_NOCOLOR', 'bool', false],
  ANSIBLE_NOCOWS: ['ANSIBLE_NOCOWS', 'bool', false],
  ANY_ERRORS_FATAL: ['ANSIBLE_ANY_ERRORS_FATAL', 'bool', false],
  CACHE_PLUGIN: ['ANSIBLE_CACHE_PLUGIN', 'str', 'memory'],
  CACHE_PLUGIN_CONNECTION: ['ANSIBLE_CACHE_PLUGIN_CONNECTION', 'str', null],
  CACHE_PLUGIN_PREFIX: ['ANSIBLE_CACHE_PLUGIN_PREFIX', 'str', 'ansible_facts'],
  CACHE_PLUGIN_TIMEOUT: ['ANSIBLE_CACHE_PLUGIN_TIMEOUT', 'int', 86_400],
  COLLECTIONS_PATHS: [
    'ANSIBLE_COLLECTIONS_PATH',
    'paths',
    ['~/.ansible/collections', '/usr/share/ansible/collections'],
  ],
  COLOR_CHANGED: ['ANSIBLE_COLOR_CHANGED', 'str', 'yellow'],
  COLOR_ERROR: ['ANSIBLE_COLOR_ERROR', 'str', 'red'],
  COLOR_OK: ['ANSIBLE_COLOR_OK', 'str', 'green'],
  COLOR_SKIP: ['ANSIBLE_COLOR_SKIP', 'str', 'cyan'],
  COLOR_UNREACHABLE: ['ANSIBLE_COLOR_UNREACHABLE', 'str', 'bright red'],
  COLOR_WARN: ['ANSIBLE_COLOR_WARN', 'str', 'bright purple'],
  DEFAULT_BECOME: ['ANSIBLE_BECOME', 'bool', false],
  DEFAULT_BECOME_METHOD: ['ANSIBLE_BECOME_METHOD', 'str', 'sudo'],
  DEFAULT_BECOME_USER: ['ANSIBLE_BECOME_USER', 'str', 'root'],
  DEFAULT_FORCE_HANDLERS: ['ANSIBLE_FORCE_HANDLERS', 'bool', false],
  DEFAULT_FORKS: ['ANSIBLE_FORKS', 'int', 5],
  DEFAULT_GATHERING: ['ANSIBLE_GATHERING', 'str', 'implicit'],
  DEFAULT_HASH_BEHAVIOUR: ['ANSIBLE_HASH_BEHAVIOUR', 'str', 'replace'],
  DEFAULT_HOST_LIST: ['ANSIBLE_INVENTORY', 'list', ['/etc/ansible/hosts']],
  DEFAULT_JINJA2_NATIVE: ['ANSIBLE_JINJA2_NATIVE', 'bool', false],
  DEFAULT_NO_LOG: ['ANSIBLE_NO_LOG', 'bool', false],
  DEFAULT_PRIVATE_KEY_FILE: ['ANSIBLE_PRIVATE_KEY_FILE', 'str', null],
  DEFAULT_PRIVATE_ROLE_VARS: ['ANSIBLE_PRIVATE_ROLE_VARS', 'bool', false],
  DEFAULT_REMOTE_PORT: ['ANSIBLE_REMOTE_PORT', 'int', null],
  DEFAULT_REMOTE_USER: ['ANSIBLE_REMOTE_USER', 'str', null],
  DEFAULT_ROLES_PATH: [
    'ANSIBLE_ROLES_PATH',
    'paths',
    ['~/.ansible/roles', '/usr/share/ansible/roles', '/etc/ansible/roles'],
  ],
  DEFAULT_STDOUT_CALLBACK: ['ANSIBLE_STDOUT_CALLBACK', 'str', 'default'],
  DEFAULT_STRATEGY: ['ANSIBLE_STRATEGY', 'str', 'linear'],
  DEFAULT_TIMEOUT: ['ANSIBLE_TIMEOUT', 'int', 10],
  DEFAULT_TRANSPORT: ['ANSIBLE_TRANSPORT', 'str', 'ssh'],
  DEFAULT_VAULT_PASSWORD_FILE: ['ANSIBLE_VAULT_PASSWORD_FILE', 'str', null],
  DIFF_ALWAYS: ['ANSIBLE_DIFF_ALWAYS', 'bool', false],
  DISPLAY_SKIPPED_HOSTS: ['ANSIBLE_DISPLAY_SKIPPED_HOSTS', 'bool', true],
  HOST_KEY_CHECKING: ['ANSIBLE_HOST_KEY_CHECKING', 'bool', true],
  INJECT_FACTS_AS_VARS: ['ANSIBLE_INJECT_FACT_VARS', 'bool', true],
  RETRY_FILES_ENABLED: ['ANSIBLE_RETRY_FILES_ENABLED', 'bool', false],
  RETRY_FILES_SAVE_PATH: ['ANSIBLE_RETRY_FILES_SAVE_PATH', 'str', null],
  TAGS_RUN: ['ANSIBLE_RUN_TAGS', 'list', []],
  TAGS_SKIP: ['ANSIBLE_SKIP_TAGS', 'list', []],
};

/** Finds settings by name, as the environment, ansible.cfg or the default has them. */
export function namedSettings({ env, file }: Config, environment: Env): (name: string) => Setting | undefined {
  return (name) => {
    if (!Object.hasOwn(SETTINGS, name)) return undefined;
    const [variable, kind, fallback] = SETTINGS[name]!;
    const text = env[variable];
    if (text === undefined) return { value: fallback, origin: 'default' };
    const origin = environment[variable] === undefined ? String(file) : `env: ${variable}`;
    return { value: read(text, kind), origin };
  };
}

function read(text: string, kind: Kind): Value {
  switch (kind) {
    case 'bool':
      return /^(1|true|yes|on|y|t)$/i.test(text.trim());
    case 'int':
      return Number(text);
    case 'list':
    case 'paths':
      return text
        .split(kind === 'list' ? ',' : ':')
        .map((part) => part.trim())
        .filter(Boolean);
    case 'str':
      return text;
  }
}

/** The animals that may speak for Ansible; nobody speaks for tsplay, but content may ask. */
function cows(): string[] {
  return 'bud-frogs,bunny,cheese,daemon,default,dragon,elephant-in-snake,elephant,eyes,hellokitty,kitty,luke-koala,meow,milk,moofasa,moose,ren,sheep,small,stegosaurus,stimpy,supermilker,three-eyes,turkey,turtle,tux,udder,vader-koala,vader,www'.split(
    ',',
  );
}
