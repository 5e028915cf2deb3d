import type { Block, Item, Keywords, Role, Task } from '../model/playbook.ts';
import type { Position } from '../model/source.ts';
import type { Raw } from '../model/value.ts';
import type { YamlNode } from '../yaml/types.ts';
import type { Loader } from './loader.ts';
import type { RoleFiles } from './role-files.ts';

/** Where items stand while they are read: what is around them, and what their names may use. */
export interface Site {
  readonly loader: Loader;
  readonly build: Builders;
  /** Absolute folder of the playbook. */
  readonly directory: string;
  readonly role?: Role | undefined;
  readonly isHandler: boolean;
  readonly parent?: Block | Task | undefined;
  /** Collections in which short names are looked up first. */
  readonly collections: readonly string[];
  /** The play's variables, for names of static imports. */
  readonly playVars: ReadonlyMap<string, Raw>;
}

/** One use of a role. */
export interface RoleUse {
  readonly name: string;
  /** Its folder where that is known: the name is not looked for then. */
  readonly path?: string | undefined;
  readonly position: Position;
  /** `when`, `tags`, `become`, ... where it is used; `vars` stand apart. */
  readonly keywords: Keywords;
  readonly params: Map<string, Raw>;
  readonly vars?: ReadonlyMap<string, Raw> | undefined;
  /** By include_role or import_role, not by `roles:` or as a dependency. */
  readonly included: boolean;
  readonly public: boolean;
  /** What meta/main says, unless given. */
  readonly allowDuplicates?: boolean | undefined;
  /** Whether its argument specs are checked. */
  readonly validate: boolean;
  /** Files to take instead of `main`. */
  readonly from: RoleFiles;
}

/**
 * What is built inside of what: tasks hold imports, which hold roles, which hold tasks. Handed on with the site, so
 * that the files of this room import each other in one direction only.
 */
export interface Builders {
  /** Reads a list of tasks and blocks. */
  items(site: Site, nodes: readonly YamlNode[]): Item[];
  /** Reads a role with its dependencies; `site.parent` is the block (or include task) that it stands in. */
  role(site: Site, use: RoleUse): Role;
}
