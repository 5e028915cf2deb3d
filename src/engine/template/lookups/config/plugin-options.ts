import type { Setting, Value } from '../../../model/value.ts';
import type { Context } from '../../types.ts';
import { fail, isInt } from '../../values.ts';

interface PluginOption {
  /** Variables that set it; the last one that is there counts. */
  readonly vars: readonly string[];
  /** Name of the setting that counts where no variable does. */
  readonly setting?: string;
  readonly fallback?: Value;
  readonly whole?: boolean;
}

type Options = Readonly<Record<string, PluginOption>>;

const SSH: Options = {
  host: { vars: ['inventory_hostname', 'ansible_host', 'ansible_ssh_host'] },
  password: { vars: ['ansible_password', 'ansible_ssh_pass', 'ansible_ssh_password'] },
  port: { vars: ['ansible_port', 'ansible_ssh_port'], setting: 'DEFAULT_REMOTE_PORT', whole: true },
  private_key_file: {
    vars: ['ansible_private_key_file', 'ansible_ssh_private_key_file'],
    setting: 'DEFAULT_PRIVATE_KEY_FILE',
  },
  remote_user: { vars: ['ansible_user', 'ansible_ssh_user'], setting: 'DEFAULT_REMOTE_USER' },
  ssh_args: { vars: ['ansible_ssh_args'] },
  ssh_common_args: { vars: ['ansible_ssh_common_args'], fallback: '' },
  ssh_extra_args: { vars: ['ansible_ssh_extra_args'], fallback: '' },
  timeout: { vars: ['ansible_ssh_timeout'], setting: 'DEFAULT_TIMEOUT', whole: true },
};

const PLUGINS: Readonly<Record<string, Options>> = {
  'become sudo': {
    become_flags: { vars: ['ansible_become_flags', 'ansible_sudo_flags'], fallback: '-H -S -n' },
    become_user: { vars: ['ansible_become_user', 'ansible_sudo_user'], setting: 'DEFAULT_BECOME_USER' },
  },
  'connection local': {},
  'connection ssh': SSH,
  'shell sh': { remote_tmp: { vars: ['ansible_remote_tmp'], fallback: '~/.ansible/tmp' } },
};

/** An option of a plugin for the current host, from its variables; undefined where the plugin has none of that name. */
export function pluginOption(type: string, name: string, option: string, { scope }: Context): Setting | undefined {
  const plugin = `${type} ${name.replace(/^ansible\.builtin\./, '')}`;
  if (!Object.hasOwn(PLUGINS, plugin)) return fail(`Unable to load ${type} plugin "${name}"`);
  const options = PLUGINS[plugin]!;
  if (!Object.hasOwn(options, option)) return undefined;
  const { vars, setting, fallback = null, whole } = options[option]!;
  for (const variable of vars.toReversed()) {
    const value = scope.get(variable);
    if (value !== undefined) return { value: whole ? toWhole(value) : value, origin: `var: ${variable}` };
  }
  return (setting && scope.world.setting?.(setting)) || { value: fallback, origin: 'default' };
}

function toWhole(value: Value): Value {
  if (isInt(value) || typeof value !== 'string') return value;
  return /^\s*\d+\s*$/.test(value) ? Number(value) : fail(`'${value}' is not a whole number`);
}
