import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { ContentPlugin, ContentPlugins, PluginKind } from '../../model/value.ts';
import { splitFullName } from '../collections.ts';
import type { ContentFolders } from './folders.ts';
import { isScript, PLUGIN_FOLDERS, pluginRefusal } from './plugins.ts';

/**
 * Filters, tests and lookups of the content for those who look at it and run nothing of it: one is taken to be there if
 * a script has its name in it.
 */
export class NamedPlugins implements ContentPlugins {
  private readonly folders: ContentFolders;
  private readonly texts = new Map<string, string>();

  constructor(folders: ContentFolders) {
    this.folders = folders;
  }

  find(kind: PluginKind, name: string): ContentPlugin | undefined {
    const full = splitFullName(name);
    const own = full && this.folders.collections().find((collection) => collection.name === full.collection);
    const folders = own ? [join(own.path, 'plugins', kind)] : this.folders.of(PLUGIN_FOLDERS[kind]);
    const word = new RegExp(`\\b${full?.rest ?? name}\\b`);
    const files = folders.flatMap((folder) =>
      this.folders
        .list(folder)
        .filter(isScript)
        .map((file) => join(folder, file)),
    );
    const found = files.some((path) => basename(path, extname(path)) === name || word.test(this.text(path)));
    return found ? () => null : undefined;
  }

  refusal(kind: PluginKind, name: string): string | undefined {
    return pluginRefusal(this.folders, kind, name);
  }

  private text(path: string): string {
    const text = this.texts.get(path) ?? readFileSync(path, 'utf8');
    this.texts.set(path, text);
    return text;
  }
}
