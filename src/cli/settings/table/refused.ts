import { rows } from '../spec.ts';

/** What cannot be had: it is told where somebody asks for it. */
export const REFUSED = rows('refused', {
  DEFAULT_UNDEFINED_VAR_BEHAVIOR: [
    'ANSIBLE_ERROR_ON_UNDEFINED_VARS',
    'defaults.error_on_undefined_vars',
    'bool',
    true,
    'an undefined variable is always an error; give it a value with `default()`',
  ],
  DISPLAY_ARGS_TO_STDOUT: [
    'ANSIBLE_DISPLAY_ARGS_TO_STDOUT',
    'defaults.display_args_to_stdout',
    'bool',
    false,
    '-vvv shows the arguments of tasks',
  ],
  INVALID_TASK_ATTRIBUTE_FAILED: [
    'ANSIBLE_INVALID_TASK_ATTRIBUTE_FAILED',
    'defaults.invalid_task_attribute_failed',
    'bool',
    true,
    'a keyword that is not known is always an error',
  ],
  MAX_FILE_SIZE_FOR_DIFF: [
    'ANSIBLE_MAX_DIFF_SIZE',
    'defaults.max_diff_size',
    'int',
    104_448,
    'files of more than 104448 bytes are not shown in diffs',
  ],
  FACTS_MODULES: ['ANSIBLE_FACTS_MODULES', 'defaults.facts_modules', 'list', ['smart'], '`setup` gathers the facts'],
  VARIABLE_PLUGINS_ENABLED: [
    'ANSIBLE_VARS_ENABLED',
    'defaults.vars_plugins_enabled',
    'list',
    ['host_group_vars'],
    'vars plugins are Python; only host_group_vars is built in',
  ],
  VARIABLE_PRECEDENCE: [
    'ANSIBLE_PRECEDENCE',
    'defaults.precedence',
    'list',
    [
      'all_inventory',
      'groups_inventory',
      'all_plugins_inventory',
      'all_plugins_play',
      'groups_plugins_inventory',
      'groups_plugins_play',
    ],
    'the order of the levels is fixed',
  ],
  'ssh.pkcs11_provider': [
    'ANSIBLE_PKCS11_PROVIDER',
    'ssh_connection.pkcs11_provider',
    'str',
    '',
    'use an agent that holds the key of the card',
  ],
  callback_whitelist: [
    'ANSIBLE_CALLBACK_WHITELIST',
    'defaults.callback_whitelist',
    'list',
    [],
    'it is called callbacks_enabled now',
  ],
});
