import { because, type Key } from './because.ts';

export const PYTHON = because('there is no Python, neither here nor on the hosts', [
  ['INTERPRETER_PYTHON', 'ANSIBLE_PYTHON_INTERPRETER', 'defaults.interpreter_python', 'str', 'auto'],
  ['INTERPRETER_PYTHON_FALLBACK', '', '', 'list', ['/usr/bin/python3', 'python3']],
  ['DEFAULT_MODULE_COMPRESSION', '', 'defaults.module_compression', 'str', 'ZIP_DEFLATED'],
  [
    'DEFAULT_MODULE_UTILS_PATH',
    'ANSIBLE_MODULE_UTILS',
    'defaults.module_utils',
    'paths',
    ['~/.ansible/plugins/module_utils', '/usr/share/ansible/plugins/module_utils'],
  ],
  ['MODULE_IGNORE_EXTS', 'ANSIBLE_MODULE_IGNORE_EXTS', 'defaults.module_ignore_exts', 'list', []],
  [
    'MODULE_STRICT_UTF8_RESPONSE',
    'ANSIBLE_MODULE_STRICT_UTF8_RESPONSE',
    'defaults.module_strict_utf8_response',
    'bool',
    true,
  ],
  [
    'PYTHON_MODULE_RLIMIT_NOFILE',
    'ANSIBLE_PYTHON_MODULE_RLIMIT_NOFILE',
    'defaults.python_module_rlimit_nofile',
    'int',
    0,
  ],
  ['DEFAULT_KEEP_REMOTE_FILES', 'ANSIBLE_KEEP_REMOTE_FILES', 'defaults.keep_remote_files', 'bool', false],
  [
    'COLLECTIONS_SCAN_SYS_PATH',
    'ANSIBLE_COLLECTIONS_SCAN_SYS_PATH',
    'defaults.collections_scan_sys_path',
    'bool',
    true,
  ],
]);

export const PLUGINS = because('folders of plugins in Python; content that needs one is refused where it says so', [
  pluginFolder('action'),
  pluginFolder('become', 'BECOME_PLUGIN_PATH'),
  pluginFolder('cache'),
  pluginFolder('callback'),
  pluginFolder('cliconf'),
  pluginFolder('connection'),
  [
    'DOC_FRAGMENT_PLUGIN_PATH',
    'ANSIBLE_DOC_FRAGMENT_PLUGINS',
    'defaults.doc_fragment_plugins',
    'paths',
    ['~/.ansible/plugins/doc_fragments'],
  ],
  pluginFolder('httpapi'),
  pluginFolder('inventory'),
  pluginFolder('netconf'),
  pluginFolder('strategy'),
  pluginFolder('terminal'),
  pluginFolder('vars'),
  ['OLD_PLUGIN_CACHE_CLEARING', 'ANSIBLE_OLD_PLUGIN_CACHE_CLEAR', 'defaults.old_plugin_cache_clear', 'bool', false],
  [
    'VALIDATE_ACTION_GROUP_METADATA',
    'ANSIBLE_VALIDATE_ACTION_GROUP_METADATA',
    'defaults.validate_action_group_metadata',
    'bool',
    true,
  ],
  ['DEFAULT_JINJA2_EXTENSIONS', 'ANSIBLE_JINJA2_EXTENSIONS', 'defaults.jinja2_extensions', 'str', null],
]);

export const TEMPLATES = because('templates give native values, and undefined names are errors', [
  ['DEFAULT_NULL_REPRESENTATION', 'ANSIBLE_NULL_REPRESENTATION', 'defaults.null_representation', 'str', null],
  [
    'STRING_TYPE_FILTERS',
    'ANSIBLE_STRING_TYPE_FILTERS',
    'jinja2.dont_type_filters',
    'list',
    ['string', 'to_json', 'to_nice_json', 'to_yaml', 'to_nice_yaml', 'ppretty', 'json'],
  ],
  ['STRING_CONVERSION_ACTION', 'ANSIBLE_STRING_CONVERSION_ACTION', 'defaults.string_conversion_action', 'str', 'warn'],
  ['DEFAULT_ALLOW_UNSAFE_LOOKUPS', '', 'defaults.allow_unsafe_lookups', 'bool', false],
]);

/** A folder of plugins, which are Python. */
function pluginFolder(kind: string, name = `DEFAULT_${kind.toUpperCase()}_PLUGIN_PATH`): Key {
  const folders = [`~/.ansible/plugins/${kind}`, `/usr/share/ansible/plugins/${kind}`];
  return [name, `ANSIBLE_${kind.toUpperCase()}_PLUGINS`, `defaults.${kind}_plugins`, 'paths', folders];
}
