import { rows } from '../spec.ts';

/** How hosts are reached. */
export const CONNECTION = rows('acted', {
  DEFAULT_TRANSPORT: [
    'ANSIBLE_TRANSPORT',
    'defaults.transport',
    'str',
    'ssh',
    'connection of hosts that name none: `ssh` or `local`',
  ],
  DEFAULT_REMOTE_USER: ['ANSIBLE_REMOTE_USER', 'defaults.remote_user', 'str', null, '`-u`'],
  DEFAULT_REMOTE_PORT: ['ANSIBLE_REMOTE_PORT', 'defaults.remote_port', 'int', null, 'port of hosts that name none'],
  DEFAULT_PRIVATE_KEY_FILE: ['ANSIBLE_PRIVATE_KEY_FILE', 'defaults.private_key_file', 'path', null, '`--private-key`'],
  DEFAULT_TIMEOUT: [
    ['ANSIBLE_TIMEOUT', 'ANSIBLE_SSH_TIMEOUT'],
    ['defaults.timeout', 'ssh_connection.timeout'],
    'int',
    10,
    'seconds for a connection to come up',
  ],
  DEFAULT_EXECUTABLE: ['ANSIBLE_EXECUTABLE', 'defaults.executable', 'str', '/bin/sh', 'shell on the hosts'],
  DEFAULT_ASK_PASS: ['ANSIBLE_ASK_PASS', 'defaults.ask_pass', 'bool', false, '`--ask-pass`'],
  CONNECTION_PASSWORD_FILE: [
    'ANSIBLE_CONNECTION_PASSWORD_FILE',
    'defaults.connection_password_file',
    'path',
    null,
    '`--connection-password-file`',
  ],
  HOST_KEY_CHECKING: [
    ['ANSIBLE_HOST_KEY_CHECKING', 'ANSIBLE_SSH_HOST_KEY_CHECKING'],
    ['defaults.host_key_checking', 'ssh_connection.host_key_checking'],
    'bool',
    true,
    'a host whose key is not known is refused',
  ],
  'ssh.ssh_args': [
    'ANSIBLE_SSH_ARGS',
    'ssh_connection.ssh_args',
    'str',
    null,
    'options of OpenSSH; those for sharing connections have no use here',
  ],
  'ssh.ssh_common_args': ['ANSIBLE_SSH_COMMON_ARGS', 'ssh_connection.ssh_common_args', 'str', '', 'more of them'],
  'ssh.ssh_extra_args': ['ANSIBLE_SSH_EXTRA_ARGS', 'ssh_connection.ssh_extra_args', 'str', '', 'more of them'],
  'shell.async_dir': [
    'ANSIBLE_ASYNC_DIR',
    'defaults.async_dir',
    'str',
    '~/.ansible_async',
    'folder on the hosts for results of tasks in the background',
  ],
});

/** How another user is become on the hosts. */
export const BECOME = rows('acted', {
  DEFAULT_BECOME: ['ANSIBLE_BECOME', 'privilege_escalation.become', 'bool', false, '`--become`'],
  DEFAULT_BECOME_ASK_PASS: [
    'ANSIBLE_BECOME_ASK_PASS',
    'privilege_escalation.become_ask_pass',
    'bool',
    false,
    '`--ask-become-pass`',
  ],
  DEFAULT_BECOME_EXE: [
    'ANSIBLE_BECOME_EXE',
    ['privilege_escalation.become_exe', 'sudo_become_plugin.executable'],
    'str',
    null,
    "path of the method's program",
  ],
  DEFAULT_BECOME_FLAGS: [
    'ANSIBLE_BECOME_FLAGS',
    ['privilege_escalation.become_flags', 'sudo_become_plugin.flags'],
    'str',
    null,
    'its options',
  ],
  DEFAULT_BECOME_METHOD: [
    'ANSIBLE_BECOME_METHOD',
    'privilege_escalation.become_method',
    'str',
    'sudo',
    '`sudo`, `su` or `doas`',
  ],
  DEFAULT_BECOME_USER: [
    'ANSIBLE_BECOME_USER',
    ['privilege_escalation.become_user', 'sudo_become_plugin.user'],
    'str',
    'root',
    '`--become-user`',
  ],
  BECOME_PASSWORD_FILE: [
    'ANSIBLE_BECOME_PASSWORD_FILE',
    'defaults.become_password_file',
    'path',
    null,
    '`--become-password-file`',
  ],
});
