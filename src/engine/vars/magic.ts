import { basename, dirname, isAbsolute } from 'node:path';
import type { Item, Role } from '../model/playbook.ts';
import { type Dict, OMIT, type Raw, type Value } from '../model/value.ts';
import type { PlayFrame } from './frame.ts';
import { groupsOf } from './groups.ts';
import { type Doubt, type Layer, lazyLayer } from './layer.ts';
import type { VariableStore } from './store.ts';

/** Variables that the run itself knows of a host, whatever task: `inventory_hostname`, `groups`, ... */
export function hostMagic(store: VariableStore, host: string, hostvars: () => Value): Layer {
  const facts = store.factsOf(host);
  const source = store.inventory.hosts.get(host)?.source;
  return lazyLayer({
    inventory_hostname: () => host,
    inventory_hostname_short: () => host.split('.')[0] ?? host,
    group_names: () => store.onceAnInventory(`group_names ${host}`, () => groupNames(store, host)),
    groups: () => store.onceAnInventory('groups', () => allGroups(store)),
    hostvars,
    ansible_facts: () => facts.dict,
    inventory_file: () => source ?? null,
    inventory_dir: () => (source && isAbsolute(source) ? dirname(source) : null),
    omit: () => OMIT,
  });
}

/** What connections go by where nothing says otherwise; below every other level, and never asked to connect. */
export function connectionMagic(frame: PlayFrame, host: string): Layer {
  const { keywords } = frame.play;
  const { password } = frame.settings;
  return lazyLayer({
    ansible_host: () => host,
    ansible_connection: () => keywords.connection ?? frame.settings.connection,
    ...(password === undefined ? {} : { ansible_password: () => password }),
  });
}

export const CHECK_MODE_VARIABLE = 'ansible_check_mode';

/** A plan is made in check mode, and is of a run that is none. */
const NOT_OF_THE_RUN: ReadonlyMap<string, Doubt> = new Map([
  [CHECK_MODE_VARIABLE, { why: CHECK_MODE_VARIABLE, of: 'value' }],
]);

/** What the run knows of the play. */
export function playMagic(frame: PlayFrame): Layer {
  const { play, settings } = frame;
  const entries = {
    playbook_dir: () => play.directory,
    ansible_play_name: () => play.keywords.name ?? playTitle(play.hosts),
    ansible_play_hosts_all: () => [...frame.allHosts],
    ansible_play_hosts: () => [...frame.activeHosts()],
    play_hosts: () => [...frame.activeBatch()],
    ansible_play_batch: () => [...frame.activeBatch()],
    ansible_play_role_names: () => namesOf(frame.namedRoles),
    ansible_dependent_role_names: () => [...new Set(namesOf(dependencies(frame.namedRoles)))],
    ansible_role_names: () => [...new Set(namesOf([...frame.namedRoles, ...dependencies(frame.namedRoles)]))],
    role_names: () => namesOf(frame.namedRoles),
    ansible_inventory_sources: () => [...settings.inventorySources],
    ansible_check_mode: () => settings.checkMode,
    ansible_diff_mode: () => settings.diffMode,
    ansible_forks: () => settings.forks,
    ...(settings.limit === undefined ? {} : { ansible_limit: () => settings.limit! }),
    ansible_run_tags: () => (settings.tags.length > 0 ? [...settings.tags] : ['all']),
    ansible_skip_tags: () => [...settings.skipTags],
    ansible_verbosity: () => settings.verbosity,
    ansible_version: () => versionDict(settings.version),
    ansible_config_file: () => settings.configFile ?? null,
    // There is none here; content that asks wants one for tasks on the controller.
    ansible_playbook_python: () => '/usr/bin/python3',
  };
  return lazyLayer(entries, settings.planning ? NOT_OF_THE_RUN : undefined);
}

/** A play without a name is called by its hosts. */
function playTitle(hosts: Raw): Raw {
  return Array.isArray(hosts) && hosts.every((host) => typeof host === 'string') ? hosts.join(',') : hosts;
}

/** What the run knows of the task's role. */
export function roleMagic(item: Item | undefined, searchPath: readonly string[]): Layer {
  const role = item?.role;
  const common: Record<string, () => Raw> = { ansible_search_path: () => [...searchPath] };
  if (!role) return lazyLayer(common);
  return lazyLayer({
    ...common,
    role_name: () => role.name,
    role_path: () => role.path,
    role_uuid: () => `${basename(role.path)}-${role.position.line}`,
    ansible_role_name: () => fullName(role),
    ansible_collection_name: () => role.collection ?? null,
    ...(role.parents.length > 0 ? parentRoles(role) : {}),
  });
}

function namesOf(roles: readonly Role[]): string[] {
  return roles.map((role) => role.name);
}

/** What roles depend on, and what that depends on. */
function dependencies(roles: readonly Role[]): Role[] {
  return roles.flatMap((role) => {
    const direct = role.dependencies.flatMap((block) => (block.role ? [block.role] : []));
    return [...direct, ...dependencies(direct)];
  });
}

function parentRoles(role: Role): Record<string, () => Raw> {
  return {
    ansible_parent_role_names: () => role.parents.map((parent) => parent.name),
    ansible_parent_role_paths: () => role.parents.map((parent) => parent.path),
  };
}

function fullName(role: Role): string {
  return role.collection && !role.name.startsWith(`${role.collection}.`)
    ? `${role.collection}.${role.name}`
    : role.name;
}

function groupNames(store: VariableStore, host: string): Value {
  return groupsOf(store.inventory, host)
    .map((group) => group.name)
    .filter((name) => name !== 'all')
    .sort();
}

function allGroups(store: VariableStore): Dict {
  const groups: Dict = new Map();
  for (const name of store.inventory.groups.keys()) groups.set(name, membersOf(store, name));
  return groups;
}

/** Hosts of a group and its children, in inventory order of groups. */
function membersOf(store: VariableStore, name: string): string[] {
  if (name === 'all')
    return [...store.inventory.hosts.values()].filter((host) => !host.implicit).map((host) => host.name);
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (group: string) => {
    if (seen.has(group)) return;
    seen.add(group);
    const known = store.inventory.groups.get(group);
    for (const host of known?.hosts ?? []) found.add(host);
    for (const child of known?.children ?? []) visit(child);
  };
  visit(name);
  return [...found];
}

function versionDict(full: string): Dict {
  const [major = 0, minor = 0, revision = 0] = full.split('.').map((part) => Number.parseInt(part, 10));
  return new Map<Value, Value>([
    ['string', full],
    ['full', full],
    ['major', major],
    ['minor', minor],
    ['revision', revision],
  ]);
}
