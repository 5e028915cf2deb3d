import { TsplayError } from '../../model/errors.ts';
import type { Group } from '../../model/inventory.ts';
import { Deferred, type Dict, isTuple, type Raw, tuple, type Value } from '../../model/value.ts';
import { dumpJson } from '../../template/filters/json/dump.ts';
import { Undecrypted } from '../../template/values/undecrypted.ts';
import { VaultedText } from '../../template/vaulted.ts';
import { ENCRYPTED_KEY } from '../../yaml/to-value.ts';

/** What the printed forms of an inventory need beside the inventory itself. */
export interface PrintOptions {
  /** Variables of a host: all that it sees, or with `export` its own alone. */
  readonly hostVars: (host: string) => ReadonlyMap<string, Raw>;
  /** Own variables of a group, from its source and from group_vars. */
  readonly groupVars: (group: string) => ReadonlyMap<string, Raw>;
  /** Groups with their variables, in a form that can be read again. */
  readonly export?: boolean | undefined;
  /** Names of the hosts to show; all without it. */
  readonly only?: ReadonlySet<string> | undefined;
}

/** Names that every host has and that say nothing of the inventory. */
const INTERNAL = new Set([
  'ansible_async_path',
  'ansible_check_mode',
  'ansible_collection_name',
  'ansible_config_file',
  'ansible_dependent_role_names',
  'ansible_diff_mode',
  'ansible_facts',
  'ansible_forks',
  'ansible_inventory_sources',
  'ansible_limit',
  'ansible_play_batch',
  'ansible_play_hosts',
  'ansible_play_hosts_all',
  'ansible_play_name',
  'ansible_play_role_names',
  'ansible_playbook_python',
  'ansible_role_name',
  'ansible_role_names',
  'ansible_run_tags',
  'ansible_skip_tags',
  'ansible_verbosity',
  'ansible_version',
  'group_names',
  'groups',
  'hostvars',
  'inventory_dir',
  'inventory_file',
  'inventory_hostname',
  'inventory_hostname_short',
  'omit',
  'play_hosts',
  'playbook_dir',
  'role_name',
  'role_names',
  'role_path',
  'role_uuid',
]);

export function plainHostVars(host: string, options: PrintOptions): Dict {
  return plainVars(options.hostVars(host));
}

export function plainGroupVars(group: Group, options: PrintOptions): Dict {
  const vars = plainVars(options.groupVars(group.name));
  if (group.priority !== 1) vars.set('ansible_group_priority', group.priority);
  return vars;
}

function plainVars(vars: ReadonlyMap<string, Raw>): Dict {
  return new Map([...vars].filter(([name]) => !INTERNAL.has(name)).map(([name, raw]) => [name, toPlain(raw)]));
}

/** Templates and encrypted texts are shown as they are written. */
function toPlain(raw: Raw): Value {
  if (raw instanceof VaultedText) return raw.sealed();
  if (raw instanceof Deferred) return raw.text;
  if (Array.isArray(raw)) {
    const items = raw.map(toPlain);
    return isTuple(raw as Value[]) ? tuple(items) : items;
  }
  if (raw instanceof Map) return new Map([...raw].map(([key, value]) => [key, toPlain(value)]));
  return raw;
}

/** JSON as Python writes it, with sorted keys where they can be compared: 5 and 'a' cannot. */
export function toJson(value: Value): string {
  const data = withMarks(value);
  try {
    return dumpJson(data, { indent: 4, sortKeys: true, ensureAscii: false });
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    return dumpJson(data, { indent: 4, ensureAscii: false });
  }
}

/** JSON has no tags: encrypted texts are told by a key, under which they are read again. */
function withMarks(value: Value): Value {
  if (value instanceof Undecrypted) return new Map([[ENCRYPTED_KEY, value.ciphertext]]);
  if (Array.isArray(value)) return value.map(withMarks);
  return value instanceof Map ? new Map([...value].map(([key, inner]) => [key, withMarks(inner)])) : value;
}
