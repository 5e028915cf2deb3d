import { because } from './because.ts';

/** Keys that older versions of Ansible knew. */
export const BYGONE = because('Ansible itself no longer knows it', [
  ['gather_subset', 'ANSIBLE_GATHER_SUBSET', 'defaults.gather_subset', 'list', ['all']],
  ['gather_timeout', 'ANSIBLE_GATHER_TIMEOUT', 'defaults.gather_timeout', 'int', 10],
  ['fact_path', 'ANSIBLE_FACT_PATH', 'defaults.fact_path', 'path', null],
  ['command_warnings', 'ANSIBLE_COMMAND_WARNINGS', 'defaults.command_warnings', 'bool', false],
  ['conditional_bare_variables', 'ANSIBLE_CONDITIONAL_BARE_VARS', 'defaults.conditional_bare_variables', 'bool', false],
  ['squash_actions', 'ANSIBLE_SQUASH_ACTIONS', 'defaults.squash_actions', 'list', []],
  ['hostfile', 'ANSIBLE_HOSTS', 'defaults.hostfile', 'str', null],
  ['sudo_user', 'ANSIBLE_SUDO_USER', 'defaults.sudo_user', 'str', null],
  ['su_user', 'ANSIBLE_SU_USER', 'defaults.su_user', 'str', null],
  ['ask_sudo_pass', 'ANSIBLE_ASK_SUDO_PASS', 'defaults.ask_sudo_pass', 'bool', false],
  ['module_lang', 'ANSIBLE_MODULE_LANG', 'defaults.module_lang', 'str', null],
  ['module_set_locale', 'ANSIBLE_MODULE_SET_LOCALE', 'defaults.module_set_locale', 'bool', false],
  ['module_path', '', 'defaults.module_path', 'str', null],
  ['pattern', '', 'defaults.pattern', 'str', null],
  ['accelerate_port', '', 'accelerate.accelerate_port', 'int', null],
  ['merge_multiple_cli_tags', 'ANSIBLE_MERGE_MULTIPLE_CLI_TAGS', 'defaults.merge_multiple_cli_tags', 'bool', true],
  ['task_includes_static', 'ANSIBLE_TASK_INCLUDES_STATIC', 'defaults.task_includes_static', 'bool', false],
  ['handler_includes_static', 'ANSIBLE_HANDLER_INCLUDES_STATIC', 'defaults.handler_includes_static', 'bool', false],
  ['allow_world_readable_tmpfiles', 'ANSIBLE_ALLOW_WORLD_READABLE_TMPFILES', '', 'bool', false],
  ['var_compression_level', 'ANSIBLE_VAR_COMPRESSION_LEVEL', 'defaults.var_compression_level', 'int', 0],
]);
