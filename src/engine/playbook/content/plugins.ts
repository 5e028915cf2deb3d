import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { ContentPlugin, ContentPlugins, PluginKind } from '../../model/value.ts';
import { splitFullName } from '../collections.ts';
import { shownPath } from '../loader.ts';
import type { ContentFolder, ContentFolders } from './folders.ts';
import { findInPython, pythonFiles } from './python-plugins.ts';
import { pluginsOf } from './script-plugins.ts';
import type { Exports, ScriptLoader } from './scripts/script-loader.ts';

/** Where the content has plugins of each kind. */
export const PLUGIN_FOLDERS = { filter: 'filter_plugins', test: 'test_plugins', lookup: 'lookup_plugins' } as const;
const KINDS = ['filter', 'test', 'lookup'] as const;

/** Whether a file of that name can be run here. */
export function isScript(file: string): boolean {
  return /\.(?:ts|mts|mjs|js)$/.test(file) && !/\.d\.m?ts$/.test(file);
}

/** Why a plugin that the content has cannot be used; undefined where it has none of that name in Python. */
export function pluginRefusal(folders: ContentFolders, kind: PluginKind, name: string): string | undefined {
  const place = findInPython(folders, kind, PLUGIN_FOLDERS[kind], name);
  return place && `it comes from ${place}, a plugin in Python, which tsplay does not run`;
}

/**
 * Filters, tests and lookups in TypeScript and JavaScript that come with the content. Templates do not wait, so they
 * are loaded before: all files of the folders that are known by then, at the cost of a look into those folders.
 */
export class LoadedPlugins implements ContentPlugins {
  private readonly folders: ContentFolders;
  private readonly own: () => Promise<Exports>;
  private readonly found: Record<PluginKind, Map<string, ContentPlugin>> = {
    filter: new Map(),
    test: new Map(),
    lookup: new Map(),
  };
  private readonly seen = new Set<string>();
  private scripts: Promise<ScriptLoader> | undefined;

  /** @param own - what scripts get from `import ... from 'tsplay'` */
  constructor(folders: ContentFolders, own: () => Promise<Exports>) {
    this.folders = folders;
    this.own = own;
  }

  /** Loads what came to be known since the last time. Throws TsplayError for a file that cannot be run. */
  async load(): Promise<void> {
    for (const kind of KINDS) {
      for (const folder of this.folders.of(PLUGIN_FOLDERS[kind])) await this.loadFolder(kind, folder, '');
      for (const { name, path } of this.folders.collections()) {
        await this.loadFolder(kind, join(path, 'plugins', kind), `${name}.`);
      }
    }
  }

  find(kind: PluginKind, name: string): ContentPlugin | undefined {
    const plugins = this.found[kind];
    return plugins.size === 0 ? undefined : plugins.get(name.replace(/^ansible\.legacy\./, ''));
  }

  refusal(kind: PluginKind, name: string): string | undefined {
    return pluginRefusal(this.folders, kind, name);
  }

  /** Whether any plugin of the content is in Python. */
  anyInPython(): boolean {
    return KINDS.some((kind) =>
      [
        ...this.folders.of(PLUGIN_FOLDERS[kind]),
        ...this.folders.collections().map(({ path }) => join(path, 'plugins', kind)),
      ].some((folder) => pythonFiles(this.folders, folder).length > 0),
    );
  }

  /** The file of a plugin in Python of another kind, as messages show it. */
  pythonFile(kind: ContentFolder, name: string): string | undefined {
    const full = splitFullName(name);
    const collection = full && this.folders.collections().find((each) => each.name === full.collection);
    const folders = collection
      ? [join(collection.path, 'plugins', kind.replace('_plugins', ''))]
      : this.folders.of(kind);
    const path = folders.map((folder) => join(folder, `${full?.rest ?? name}.py`)).find((each) => existsSync(each));
    return path && shownPath(path);
  }

  /** The exports of one file. */
  async script(path: string): Promise<Exports> {
    return (await this.loader()).load(path);
  }

  private async loadFolder(kind: PluginKind, folder: string, prefix: string): Promise<void> {
    if (this.seen.has(folder)) return;
    this.seen.add(folder);
    for (const file of this.folders.list(folder).filter(isScript)) {
      const path = join(folder, file);
      const exported = await this.script(path);
      for (const [name, plugin] of pluginsOf(kind, exported, basename(file, extname(file)), shownPath(path))) {
        const full = `${prefix}${name}`;
        if (!this.found[kind].has(full)) this.found[kind].set(full, plugin);
      }
    }
  }

  private loader(): Promise<ScriptLoader> {
    this.scripts ??= Promise.all([import('./scripts/script-loader.ts'), this.own()]).then(
      ([{ ScriptLoader: Scripts }, own]) => new Scripts(own),
    );
    return this.scripts;
  }
}
