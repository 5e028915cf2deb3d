import { rows } from '../spec.ts';

/** How a run goes. */
export const RUN = rows(
  'acted',
  {
    ANY_ERRORS_FATAL: [
      'ANSIBLE_ANY_ERRORS_FATAL',
      'defaults.any_errors_fatal',
      'bool',
      false,
      'a failure on one host ends the play for all',
    ],
    DEFAULT_FORCE_HANDLERS: [
      'ANSIBLE_FORCE_HANDLERS',
      'defaults.force_handlers',
      'bool',
      false,
      'notified handlers run on hosts that failed too',
    ],
    DEFAULT_FORKS: [
      'ANSIBLE_FORKS',
      'defaults.forks',
      'int',
      5,
      'hosts worked on at the same time; 50 where nothing is said',
    ],
    DEFAULT_GATHERING: [
      'ANSIBLE_GATHERING',
      'defaults.gathering',
      'str',
      'implicit',
      'whether plays gather facts that do not say',
    ],
    DEFAULT_MODULE_ARGS: [
      'ANSIBLE_MODULE_ARGS',
      'defaults.module_args',
      'str',
      null,
      'arguments of `tsplay exec` without `-a`',
    ],
    DEFAULT_MODULE_NAME: ['', 'defaults.module_name', 'str', 'command', 'module of `tsplay exec` without `-m`'],
    DEFAULT_NO_LOG: [
      'ANSIBLE_NO_LOG',
      'defaults.no_log',
      'bool',
      false,
      'results are hidden where no task says otherwise',
    ],
    DEFAULT_POLL_INTERVAL: [
      'ANSIBLE_POLL_INTERVAL',
      'defaults.poll_interval',
      'int',
      15,
      'seconds between two looks at a task in the background',
    ],
    DEFAULT_STRATEGY: ['ANSIBLE_STRATEGY', 'defaults.strategy', 'str', 'linear', 'strategy of plays that name none'],
    ERROR_ON_MISSING_HANDLER: [
      'ANSIBLE_ERROR_ON_MISSING_HANDLER',
      'defaults.error_on_missing_handler',
      'bool',
      true,
      'notifying a handler that is not there is an error',
    ],
    RETRY_FILES_ENABLED: [
      'ANSIBLE_RETRY_FILES_ENABLED',
      'defaults.retry_files_enabled',
      'bool',
      false,
      'the hosts that failed are written to a file for `--limit @FILE`',
    ],
    RETRY_FILES_SAVE_PATH: [
      'ANSIBLE_RETRY_FILES_SAVE_PATH',
      'defaults.retry_files_save_path',
      'path',
      null,
      "folder of that file; the playbook's where nothing is said",
    ],
    TAGS_RUN: ['ANSIBLE_RUN_TAGS', 'tags.run', 'list', [], '`--tags`'],
    TAGS_SKIP: ['ANSIBLE_SKIP_TAGS', 'tags.skip', 'list', [], '`--skip-tags`'],
    TASK_TIMEOUT: [
      'ANSIBLE_TASK_TIMEOUT',
      'defaults.task_timeout',
      'int',
      0,
      'seconds that a task may take which names no `timeout`; 0 for ever',
    ],
    DIFF_ALWAYS: ['ANSIBLE_DIFF_ALWAYS', 'diff.always', 'bool', false, '`--diff`'],
    DEFAULT_VERBOSITY: ['ANSIBLE_VERBOSITY', 'defaults.verbosity', 'int', 0, 'how much is said; `-v` counts instead'],
    CHECK_MODE: ['ANSIBLE_CHECK_MODE', '', 'bool', false, '`--check`'],
  },
  { DEFAULT_GATHERING: ['implicit', 'explicit', 'smart'] },
);

/** Facts that are kept between runs. */
export const FACTS = rows('acted', {
  CACHE_PLUGIN: ['ANSIBLE_CACHE_PLUGIN', 'defaults.fact_caching', 'str', 'memory', '`memory` or `jsonfile`'],
  CACHE_PLUGIN_CONNECTION: [
    'ANSIBLE_CACHE_PLUGIN_CONNECTION',
    'defaults.fact_caching_connection',
    'path',
    null,
    'folder of the files',
  ],
  CACHE_PLUGIN_PREFIX: [
    'ANSIBLE_CACHE_PLUGIN_PREFIX',
    'defaults.fact_caching_prefix',
    'str',
    'ansible_facts',
    'how their names begin',
  ],
  CACHE_PLUGIN_TIMEOUT: [
    'ANSIBLE_CACHE_PLUGIN_TIMEOUT',
    'defaults.fact_caching_timeout',
    'int',
    86_400,
    'seconds that facts count; 0 for ever',
  ],
  INJECT_FACTS_AS_VARS: [
    'ANSIBLE_INJECT_FACT_VARS',
    'defaults.inject_facts_as_vars',
    'bool',
    true,
    'facts are variables of their own too',
  ],
});
