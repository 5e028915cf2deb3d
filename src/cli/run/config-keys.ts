/** A setting of Ansible that tsplay knows. */
export interface ConfigKey {
  /** Its environment variable. */
  readonly variable: string;
  /** Where it stands in ansible.cfg. */
  readonly section: string;
  readonly key: string;
  /** It is a path, or several, relative to the file's folder. */
  readonly path?: 'one' | 'colons' | 'commas' | undefined;
}

type Row = readonly [variable: string, key: string, path?: ConfigKey['path']];

const SECTIONS: Readonly<Record<string, readonly Row[]>> = {
  defaults: [
    ['ANSIBLE_ANY_ERRORS_FATAL', 'any_errors_fatal'],
    ['ANSIBLE_CACHE_PLUGIN', 'fact_caching'],
    ['ANSIBLE_CACHE_PLUGIN_CONNECTION', 'fact_caching_connection', 'one'],
    ['ANSIBLE_CACHE_PLUGIN_PREFIX', 'fact_caching_prefix'],
    ['ANSIBLE_CACHE_PLUGIN_TIMEOUT', 'fact_caching_timeout'],
    ['ANSIBLE_CALLBACK_RESULT_FORMAT', 'callback_result_format'],
    ['ANSIBLE_CHECK_MODE_MARKERS', 'check_mode_markers'],
    ['ANSIBLE_COLLECTIONS_PATH', 'collections_paths', 'colons'],
    ['ANSIBLE_COLLECTIONS_PATH', 'collections_path', 'colons'],
    ['ANSIBLE_DISPLAY_FAILED_STDERR', 'display_failed_stderr'],
    ['ANSIBLE_DISPLAY_OK_HOSTS', 'display_ok_hosts'],
    ['ANSIBLE_DISPLAY_SKIPPED_HOSTS', 'display_skipped_hosts'],
    ['ANSIBLE_FORCE_COLOR', 'force_color'],
    ['ANSIBLE_FORCE_HANDLERS', 'force_handlers'],
    ['ANSIBLE_FORKS', 'forks'],
    ['ANSIBLE_GATHERING', 'gathering'],
    ['ANSIBLE_HOST_KEY_CHECKING', 'host_key_checking'],
    ['ANSIBLE_INJECT_FACT_VARS', 'inject_facts_as_vars'],
    ['ANSIBLE_INVENTORY', 'inventory', 'commas'],
    ['ANSIBLE_LIBRARY', 'library', 'colons'],
    ['ANSIBLE_NOCOLOR', 'nocolor'],
    ['ANSIBLE_NO_LOG', 'no_log'],
    ['ANSIBLE_PRIVATE_KEY_FILE', 'private_key_file', 'one'],
    ['ANSIBLE_PRIVATE_ROLE_VARS', 'private_role_vars'],
    ['ANSIBLE_REMOTE_PORT', 'remote_port'],
    ['ANSIBLE_REMOTE_USER', 'remote_user'],
    ['ANSIBLE_ROLES_PATH', 'roles_path', 'colons'],
    ['ANSIBLE_SHOW_CUSTOM_STATS', 'show_custom_stats'],
    ['ANSIBLE_SHOW_PER_HOST_START', 'show_per_host_start'],
    ['ANSIBLE_STDOUT_CALLBACK', 'stdout_callback'],
    ['ANSIBLE_STRATEGY', 'strategy'],
    ['ANSIBLE_TIMEOUT', 'timeout'],
    ['ANSIBLE_TRANSPORT', 'transport'],
    ['ANSIBLE_VAULT_IDENTITY_LIST', 'vault_identity_list', 'commas'],
    ['ANSIBLE_VAULT_PASSWORD_FILE', 'vault_password_file', 'one'],
    ['ANSIBLE_VERBOSITY', 'verbosity'],
    ['PLUGIN_FILTERS_CFG', 'plugin_filters_cfg', 'one'],
  ],
  diff: [['ANSIBLE_DIFF_ALWAYS', 'always']],
  privilege_escalation: [
    ['ANSIBLE_BECOME', 'become'],
    ['ANSIBLE_BECOME_ASK_PASS', 'become_ask_pass'],
    ['ANSIBLE_BECOME_METHOD', 'become_method'],
    ['ANSIBLE_BECOME_USER', 'become_user'],
  ],
  ssh_connection: [
    ['ANSIBLE_SSH_ARGS', 'ssh_args'],
    ['ANSIBLE_SSH_COMMON_ARGS', 'ssh_common_args'],
    ['ANSIBLE_SSH_EXTRA_ARGS', 'ssh_extra_args'],
    ['ANSIBLE_SSH_HOST_KEY_CHECKING', 'host_key_checking'],
  ],
  tags: [
    ['ANSIBLE_RUN_TAGS', 'run'],
    ['ANSIBLE_SKIP_TAGS', 'skip'],
  ],
};

/** All settings; of two keys for one variable the later counts. */
export const CONFIG_KEYS: readonly ConfigKey[] = Object.entries(SECTIONS).flatMap(([section, rows]) =>
  rows.map(([variable, key, path]) => ({ variable, section, key, path })),
);
