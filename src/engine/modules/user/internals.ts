import { dict, type Value } from '../../model/value.ts';
import type { Controller } from '../types.ts';

/** Where a module's files lie on the host. */
export interface RemotePlace {
  /** Folder of this run alone, 0700. */
  readonly folder: string;
  /** In which such folders are made. */
  readonly base: string;
}

const SPECIAL_FILE_SYSTEMS: Value[] = ['fuse', 'nfs', 'vboxsf', 'ramfs', '9p', 'vfat'];

/** What every module is told beside its arguments, under the names and in the order that Ansible has for them. */
export function internals(name: string, controller: Controller, { folder, base }: RemotePlace): Map<Value, Value> {
  const variable = (key: string): Value => controller.scope.get(key) ?? null;
  const version = variable('ansible_version');
  return dict({
    _ansible_check_mode: controller.checkMode,
    _ansible_no_log: controller.noLog,
    _ansible_debug: false,
    _ansible_diff: controller.diffMode,
    _ansible_verbosity: controller.verbosity,
    _ansible_version: version instanceof Map ? (version.get('full') ?? null) : null,
    _ansible_module_name: name,
    _ansible_syslog_facility: variable('ansible_syslog_facility') ?? 'LOG_USER',
    _ansible_selinux_special_fs: SPECIAL_FILE_SYSTEMS,
    _ansible_string_conversion_action: 'warn',
    _ansible_socket: variable('ansible_socket'),
    _ansible_shell_executable: variable('ansible_shell_executable') ?? '/bin/sh',
    _ansible_keep_remote_files: false,
    _ansible_tmpdir: `${folder}/`,
    _ansible_remote_tmp: base,
    _ansible_ignore_unknown_opts: false,
    _ansible_target_log_info: null,
  });
}
