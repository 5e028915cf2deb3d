import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { statPath } from '../../yaml/stat-path.ts';

/** Folders that content may have beside a playbook or in a role, for modules and plugins of its own. */
export const CONTENT_FOLDERS = [
  'library',
  'action_plugins',
  'become_plugins',
  'cache_plugins',
  'callback_plugins',
  'connection_plugins',
  'filter_plugins',
  'inventory_plugins',
  'lookup_plugins',
  'module_utils',
  'strategy_plugins',
  'test_plugins',
  'vars_plugins',
] as const;

export type ContentFolder = (typeof CONTENT_FOLDERS)[number];

const NAMES: ReadonlySet<string> = new Set(CONTENT_FOLDERS);

/** A collection on disk. */
export interface CollectionFolder {
  readonly name: string;
  readonly path: string;
}

/** Folders that settings and the command line name, by what they hold. */
export interface ConfiguredFolders {
  /** Folders in which `ansible_collections` lies. */
  readonly collections?: readonly string[];
  /** `-M`: searched after the playbook's own folder, before those of roles. */
  readonly given?: readonly string[];
  /** Searched last, with two levels of folders in them. */
  readonly kinds?: Readonly<Partial<Record<ContentFolder, readonly string[]>>>;
}

/**
 * Where modules and plugins of the user lie, in the order in which they are searched: the playbook's folder, `-M`, the
 * roles as they were read, then what is configured. What one role brings all tasks may use, as in Ansible.
 */
export class ContentFolders {
  private readonly configured: ConfiguredFolders;
  private readonly added = new Map<ContentFolder, string[]>();
  private readonly known = new Map<string, ContentFolder[]>();
  private readonly listings = new Map<string, readonly string[]>();
  private readonly deep = new Map<ContentFolder, readonly string[]>();
  private readonly collectionFolders = new Map<string, readonly CollectionFolder[]>();
  private readonly playbooks = new Set<string>();
  private first: string | undefined;

  constructor(configured: ConfiguredFolders = {}) {
    this.configured = configured;
  }

  /** A playbook's folder; collections lie beside it too. */
  addPlaybook(folder: string): ContentFolder[] {
    this.playbooks.add(folder);
    return this.add(folder);
  }

  /** A playbook's folder, or a role's; looked at once. Returns which kinds of folder it has. */
  add(folder: string): ContentFolder[] {
    const known = this.known.get(folder);
    if (known) return known;
    this.first ??= folder;
    const found = list(folder).filter((name): name is ContentFolder => NAMES.has(name));
    this.known.set(folder, found);
    for (const name of found) this.added.set(name, [...(this.added.get(name) ?? []), join(folder, name)]);
    return found;
  }

  /** Absolute folders of one kind, in order. */
  of(kind: ContentFolder): readonly string[] {
    const added = this.added.get(kind) ?? [];
    const last = this.deep.get(kind) ?? deep(this.configured.kinds?.[kind] ?? []);
    this.deep.set(kind, last);
    if (kind !== 'library') return [...added, ...last];
    const own = added.filter((path) => dirname(path) === this.first);
    const others = added.filter((path) => !own.includes(path));
    return [...own, ...(this.configured.given ?? []), ...others, ...last];
  }

  /** A folder of that name beside each playbook. */
  besidePlaybooks(name: string): string[] {
    return [...this.playbooks].map((folder) => join(folder, name));
  }

  /** Collections beside the playbooks and in the configured folders; those that count first stand first. */
  collections(): readonly CollectionFolder[] {
    return [...this.besidePlaybooks('collections'), ...(this.configured.collections ?? [])].flatMap((folder) => {
      const known = this.collectionFolders.get(folder) ?? collectionsIn(join(folder, 'ansible_collections'));
      this.collectionFolders.set(folder, known);
      return known;
    });
  }

  /** Names of what lies in a folder, sorted; read once. */
  list(folder: string): readonly string[] {
    const known = this.listings.get(folder);
    if (known) return known;
    const names = list(folder);
    this.listings.set(folder, names);
    return names;
  }
}

function collectionsIn(folder: string): CollectionFolder[] {
  return list(folder).flatMap((namespace) =>
    list(join(folder, namespace)).map((name) => ({
      name: `${namespace}.${name}`,
      path: join(folder, namespace, name),
    })),
  );
}

function deep(folders: readonly string[]): string[] {
  return folders.flatMap((folder) => {
    const one = below(folder);
    return [...one, ...one.flatMap(below), folder];
  });
}

function below(folder: string): string[] {
  return list(folder)
    .map((name) => join(folder, name))
    .filter((path) => statPath(path)?.isDirectory());
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return []; // Not there, or not ours to read.
  }
}
