import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';

/** A scenario of a role, laid out as Molecule's: `roles/ROLE/molecule/NAME/{molecule,prepare,converge,verify}.yml`. */
export interface Scenario {
  readonly role: string;
  /** `ROLE` or `ROLE (NAME)`, when it is not the default one. */
  readonly title: string;
  readonly hosts: readonly string[];
  /** Path of one of its playbooks, where it has it. */
  playbook(name: 'prepare' | 'converge' | 'verify'): string | undefined;
  /** Writes the groups and variables of its molecule.yml as an inventory. */
  writeInventory(path: string): void;
}

interface Platform {
  readonly name: string;
  readonly groups?: readonly string[];
}

interface MoleculeFile {
  readonly platforms: readonly Platform[];
  readonly provisioner?: {
    readonly inventory?: { readonly group_vars?: Vars; readonly host_vars?: Vars };
  };
}

type Vars = Record<string, Record<string, unknown>>;

/** All scenarios of the roles under a folder, by role. */
export function scenarios(roles: string): Scenario[] {
  const folders = readdirSync(roles).map((role) => join(roles, role, 'molecule'));
  const names = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
  return folders.flatMap((folder) => names(folder).map((name) => scenario(join(folder, name, 'molecule.yml'))));
}

function scenario(file: string): Scenario {
  const folder = dirname(file);
  const [, role, name] = /([^/]+)\/molecule\/([^/]+)$/.exec(folder) ?? [];
  const { platforms, provisioner } = parse(readFileSync(file, 'utf8')) as MoleculeFile;
  return {
    role: role ?? '',
    title: name === 'default' ? `${role}` : `${role} (${name})`,
    hosts: platforms.map((platform) => platform.name),
    playbook(which) {
      const path = join(folder, `${which}.yml`);
      return existsSync(path) ? path : undefined;
    },
    writeInventory(path) {
      const { group_vars = {}, host_vars = {} } = provisioner?.inventory ?? {};
      writeFileSync(path, stringify(inventory(platforms, group_vars, host_vars)));
    },
  };
}

function inventory(platforms: readonly Platform[], groupVars: Vars, hostVars: Vars): unknown {
  const hosts = Object.fromEntries(platforms.map(({ name }) => [name, hostVars[name] ?? {}]));
  const groups = new Set([...platforms.flatMap(({ groups = [] }) => groups), ...Object.keys(groupVars)]);
  groups.delete('all');
  const children = Object.fromEntries(
    [...groups].map((group) => [group, { hosts: membersOf(group, platforms), vars: groupVars[group] ?? {} }]),
  );
  return { all: { hosts, vars: groupVars['all'] ?? {}, children } };
}

function membersOf(group: string, platforms: readonly Platform[]): Record<string, object> {
  const members = platforms.filter(({ groups = [] }) => groups.includes(group));
  return Object.fromEntries(members.map(({ name }) => [name, {}]));
}
