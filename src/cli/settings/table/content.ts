import { rows } from '../spec.ts';

/** Where content lies, and how it is read. */
export const CONTENT = rows(
  'acted',
  {
    COLLECTIONS_PATHS: [
      ['ANSIBLE_COLLECTIONS_PATH', 'ANSIBLE_COLLECTIONS_PATHS'],
      ['defaults.collections_path', 'defaults.collections_paths'],
      'paths',
      ['~/.ansible/collections', '/usr/share/ansible/collections'],
      'folders that hold `ansible_collections`',
    ],
    DEFAULT_ROLES_PATH: [
      'ANSIBLE_ROLES_PATH',
      'defaults.roles_path',
      'paths',
      ['~/.ansible/roles', '/usr/share/ansible/roles', '/etc/ansible/roles'],
      'folders of roles, after those beside the playbook',
    ],
    DEFAULT_MODULE_PATH: [
      'ANSIBLE_LIBRARY',
      'defaults.library',
      'paths',
      ['~/.ansible/plugins/modules', '/usr/share/ansible/plugins/modules'],
      'folders of modules, besides `library/`',
    ],
    DEFAULT_FILTER_PLUGIN_PATH: [
      'ANSIBLE_FILTER_PLUGINS',
      'defaults.filter_plugins',
      'paths',
      ['~/.ansible/plugins/filter', '/usr/share/ansible/plugins/filter'],
      'folders of filters, besides `filter_plugins/`',
    ],
    DEFAULT_LOOKUP_PLUGIN_PATH: [
      'ANSIBLE_LOOKUP_PLUGINS',
      'defaults.lookup_plugins',
      'paths',
      ['~/.ansible/plugins/lookup', '/usr/share/ansible/plugins/lookup'],
      'folders of lookups, besides `lookup_plugins/`',
    ],
    DEFAULT_TEST_PLUGIN_PATH: [
      'ANSIBLE_TEST_PLUGINS',
      'defaults.test_plugins',
      'paths',
      ['~/.ansible/plugins/test', '/usr/share/ansible/plugins/test'],
      'folders of tests, besides `test_plugins/`',
    ],
    DEFAULT_HASH_BEHAVIOUR: [
      'ANSIBLE_HASH_BEHAVIOUR',
      'defaults.hash_behaviour',
      'str',
      'replace',
      'whether a dict replaces one of lower precedence or is merged into it',
    ],
    DEFAULT_JINJA2_NATIVE: [
      'ANSIBLE_JINJA2_NATIVE',
      'defaults.jinja2_native',
      'bool',
      false,
      'templates give native values, and `set_fact` keeps texts that look like booleans',
    ],
    DEFAULT_MANAGED_STR: ['', 'defaults.ansible_managed', 'str', 'Ansible managed', 'what `ansible_managed` says'],
    DEFAULT_PRIVATE_ROLE_VARS: [
      'ANSIBLE_PRIVATE_ROLE_VARS',
      'defaults.private_role_vars',
      'bool',
      false,
      'roles keep their variables to themselves',
    ],
    PLUGIN_FILTERS_CFG: ['', 'defaults.plugin_filters_cfg', 'path', null, 'file that names modules which must not run'],
    DUPLICATE_YAML_DICT_KEY: [
      'ANSIBLE_DUPLICATE_YAML_DICT_KEY',
      'defaults.duplicate_dict_key',
      'str',
      'warn',
      'what follows from a key that stands twice in inventories',
    ],
  },
  { DEFAULT_HASH_BEHAVIOUR: ['replace', 'merge'], DUPLICATE_YAML_DICT_KEY: ['error', 'warn', 'ignore'] },
);

/** Encrypted content. */
export const VAULT = rows('acted', {
  DEFAULT_ASK_VAULT_PASS: ['ANSIBLE_ASK_VAULT_PASS', 'defaults.ask_vault_pass', 'bool', false, '`--ask-vault-pass`'],
  DEFAULT_VAULT_ENCRYPT_IDENTITY: [
    'ANSIBLE_VAULT_ENCRYPT_IDENTITY',
    'defaults.vault_encrypt_identity',
    'str',
    null,
    'the id that `vault` encrypts with',
  ],
  DEFAULT_VAULT_IDENTITY: [
    'ANSIBLE_VAULT_IDENTITY',
    'defaults.vault_identity',
    'str',
    'default',
    'label of passwords without one',
  ],
  DEFAULT_VAULT_IDENTITY_LIST: [
    'ANSIBLE_VAULT_IDENTITY_LIST',
    'defaults.vault_identity_list',
    'list',
    [],
    '`--vault-id`, several of them',
  ],
  DEFAULT_VAULT_ID_MATCH: [
    'ANSIBLE_VAULT_ID_MATCH',
    'defaults.vault_id_match',
    'bool',
    false,
    'only a password of the same label is tried',
  ],
  DEFAULT_VAULT_PASSWORD_FILE: [
    'ANSIBLE_VAULT_PASSWORD_FILE',
    'defaults.vault_password_file',
    'path',
    null,
    '`--vault-password-file`',
  ],
  EDITOR: [['EDITOR', 'ANSIBLE_EDITOR'], 'defaults.editor', 'str', 'vi', 'editor of `vault edit`'],
  VAULT_ENCRYPT_SALT: [
    'ANSIBLE_VAULT_ENCRYPT_SALT',
    'defaults.vault_encrypt_salt',
    'str',
    null,
    'salt for all that is encrypted, instead of a random one',
  ],
});
