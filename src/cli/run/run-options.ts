import type { OptionTable } from '../options.ts';
import { VAULT_OPTIONS } from '../vault/options.ts';

/** Options of every command that works on hosts, by Ansible's spelling. */
export const HOST_OPTIONS = {
  inventory: {
    short: 'i',
    value: 'SOURCE',
    many: true,
    aliases: ['inventory-file'],
    help: 'inventory file, folder, script or `host1,host2,`; may be given several times',
  },
  limit: { short: 'l', value: 'PATTERN', many: true, help: 'only these hosts: a pattern, or @file' },
  'extra-vars': { short: 'e', value: 'VARS', many: true, help: 'key=value, YAML, JSON or @file; wins over everything' },
  check: { short: 'C', help: 'change nothing: say what would change' },
  diff: { short: 'D', help: 'show what changes in files' },
  forks: { short: 'f', value: 'N', help: 'hosts worked on at the same time (50)' },
  become: { short: 'b', help: 'become another user (root) on the hosts' },
  'become-user': { value: 'USER', help: 'the user to become (root)' },
  'become-method': { value: 'METHOD', help: 'sudo, su or doas' },
  user: { short: 'u', value: 'USER', aliases: ['remote-user'], help: 'log in as this user' },
  connection: { short: 'c', value: 'KIND', help: 'ssh or local' },
  'private-key': { value: 'FILE', aliases: ['key-file'], help: 'key to log in with' },
  timeout: { short: 'T', value: 'SECONDS', help: 'for a connection to come up (10)' },
  'ask-pass': { short: 'k', help: 'ask for the login password' },
  'ask-become-pass': { short: 'K', help: 'ask for the password to become another user' },
  'connection-password-file': { value: 'FILE', aliases: ['conn-pass-file'], help: 'file with the login password' },
  'become-password-file': {
    value: 'FILE',
    aliases: ['become-pass-file'],
    help: 'file with the password to become another user',
  },
  'ssh-common-args': { value: 'ARGS', help: 'options for ssh, sftp and scp (`-o ProxyJump=...`)' },
  'ssh-extra-args': { value: 'ARGS', help: 'options for ssh alone' },
  'sftp-extra-args': { value: 'ARGS', help: 'accepted; there is no sftp program' },
  'scp-extra-args': { value: 'ARGS', help: 'accepted; there is no scp program' },
  'wait-lock': { value: 'SECONDS', help: 'wait so long for a host that another run works on' },
  'no-lock': { help: 'work on hosts also while another run does' },
  'list-hosts': { help: 'print the hosts and end' },
  'syntax-check': { help: 'read everything, run nothing' },
  verbose: { short: 'v', help: 'say more; up to -vvvv' },
  ...VAULT_OPTIONS,
  'module-path': {
    short: 'M',
    value: 'PATH',
    many: true,
    help: 'folder of modules in Python: tasks that use one fail with a message that says so',
  },
} as const satisfies OptionTable;

/** ansible-playbook's options, by its spelling. */
export const RUN_OPTIONS = {
  ...HOST_OPTIONS,
  tags: { short: 't', value: 'TAGS', many: true, help: 'only what has one of these tags' },
  'skip-tags': { value: 'TAGS', many: true, help: 'leave out what has one of these tags' },
  'start-at-task': { value: 'NAME', help: 'leave out what comes before the task of this name' },
  step: { help: '', refused: 'it asks before each task; use --start-at-task or --tags' },
  'list-tasks': { help: 'print the tasks and end' },
  'list-tags': { help: 'print the tags and end' },
  'skip-phase': { value: 'NAME', many: true, help: 'leave this phase out; may be given several times' },
  'from-phase': { value: 'NAME', help: 'leave out the phases before this one' },
  'auto-fix': { help: 'mend a phase that failed by its `fix` tasks, then try it again' },
  resume: { help: 'go on with the last run of this command line that did not end well' },
  assume: { value: 'WHAT', help: 'with --resume: commands that were cut off are `done`, to `redo`, or `ask`' },
  'force-handlers': { help: 'run notified handlers on hosts that failed too' },
  'flush-cache': { help: 'forget cached facts' },
  output: { value: 'FORMAT', help: 'terminal, ansible, json, ndjson or junit; by default what the output is' },
} as const satisfies OptionTable;
