import { because } from './because.ts';

export const NOISE = because('nothing is said of it here', [
  ['ACTION_WARNINGS', 'ANSIBLE_ACTION_WARNINGS', 'defaults.action_warnings', 'bool', true],
  ['ANSIBLE_COW_ACCEPTLIST', 'ANSIBLE_COW_ACCEPTLIST', 'defaults.cowsay_enabled_stencils', 'list', cows()],
  ['ANSIBLE_COW_PATH', 'ANSIBLE_COW_PATH', 'defaults.cowpath', 'str', null],
  ['ANSIBLE_COW_SELECTION', 'ANSIBLE_COW_SELECTION', 'defaults.cow_selection', 'str', 'default'],
  ['ANSIBLE_NOCOWS', 'ANSIBLE_NOCOWS', 'defaults.nocows', 'bool', false],
  [
    'COLLECTIONS_ON_ANSIBLE_VERSION_MISMATCH',
    'ANSIBLE_COLLECTIONS_ON_ANSIBLE_VERSION_MISMATCH',
    'defaults.collections_on_ansible_version_mismatch',
    'str',
    'warning',
  ],
  ['COLOR_CONSOLE_PROMPT', 'ANSIBLE_COLOR_CONSOLE_PROMPT', 'colors.console_prompt', 'str', 'white'],
  ['COLOR_DOC_CONSTANT', 'ANSIBLE_COLOR_DOC_CONSTANT', 'colors.doc_constant', 'str', 'dark gray'],
  ['COLOR_DOC_DEPRECATED', 'ANSIBLE_COLOR_DOC_DEPRECATED', 'colors.doc_deprecated', 'str', 'magenta'],
  ['COLOR_DOC_LINK', 'ANSIBLE_COLOR_DOC_LINK', 'colors.doc_link', 'str', 'cyan'],
  ['COLOR_DOC_MODULE', 'ANSIBLE_COLOR_DOC_MODULE', 'colors.doc_module', 'str', 'yellow'],
  ['COLOR_DOC_PLUGIN', 'ANSIBLE_COLOR_DOC_PLUGIN', 'colors.doc_plugin', 'str', 'yellow'],
  ['COLOR_DOC_REFERENCE', 'ANSIBLE_COLOR_DOC_REFERENCE', 'colors.doc_reference', 'str', 'magenta'],
  ['COLOR_HIGHLIGHT', 'ANSIBLE_COLOR_HIGHLIGHT', 'colors.highlight', 'str', 'white'],
  ['DEFAULT_DEBUG', 'ANSIBLE_DEBUG', 'defaults.debug', 'bool', false],
  ['DEFAULT_NO_TARGET_SYSLOG', 'ANSIBLE_NO_TARGET_SYSLOG', 'defaults.no_target_syslog', 'bool', false],
  ['DEFAULT_SYSLOG_FACILITY', 'ANSIBLE_SYSLOG_FACILITY', 'defaults.syslog_facility', 'str', 'LOG_USER'],
  ['DEVEL_WARNING', 'ANSIBLE_DEVEL_WARNING', 'defaults.devel_warning', 'bool', true],
  ['DOCSITE_ROOT_URL', '', 'defaults.docsite_root_url', 'str', 'https://docs.ansible.com/ansible-core/'],
  ['DEFAULT_LOG_FILTER', 'ANSIBLE_LOG_FILTER', 'defaults.log_filter', 'list', []],
  ['PAGER', ['PAGER', 'ANSIBLE_PAGER'], 'defaults.pager', 'str', 'less'],
  ['SYSTEM_WARNINGS', 'ANSIBLE_SYSTEM_WARNINGS', 'defaults.system_warnings', 'bool', true],
  ['TARGET_LOG_INFO', 'ANSIBLE_TARGET_LOG_INFO', 'defaults.target_log_info', 'str', null],
  ['VERBOSE_TO_STDERR', 'ANSIBLE_VERBOSE_TO_STDERR', 'defaults.verbose_to_stderr', 'bool', false],
  ['COVERAGE_REMOTE_OUTPUT', '_ANSIBLE_COVERAGE_REMOTE_OUTPUT', '', 'str', null],
  ['COVERAGE_REMOTE_PATHS', '_ANSIBLE_COVERAGE_REMOTE_PATH_FILTER', '', 'str', '*'],
]);

/** The animals that may speak for Ansible; nobody speaks for tsplay, but content may ask. */
function cows(): string[] {
  return 'bud-frogs,bunny,cheese,daemon,default,dragon,elephant-in-snake,elephant,eyes,hellokitty,kitty,luke-koala,meow,milk,moofasa,moose,ren,sheep,small,stegosaurus,stimpy,supermilker,three-eyes,turkey,turtle,tux,udder,vader-koala,vader,www'.split(
    ',',
  );
}
