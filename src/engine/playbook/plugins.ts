import { join } from 'node:path';
import type { Position } from '../model/source.ts';
import type { ContentFolder } from './content/folders.ts';
import { type Loader, shownPath } from './loader.ts';

/** Kinds of plugin that Ansible uses without being told to by the content. */
const UNASKED: ReadonlySet<ContentFolder> = new Set(['callback_plugins', 'vars_plugins']);
/** Those that a task or template must name: what it names and cannot have is told there. */
const OTHERS: ReadonlySet<ContentFolder> = new Set(['library', 'module_utils', 'action_plugins']);

/** Says which plugins of a playbook's or role's folder are in Python: they are not run. `kinds` are folders in it. */
export function tellPlugins(loader: Loader, kinds: readonly ContentFolder[], folder: string, position: Position): void {
  for (const kind of kinds) {
    if (OTHERS.has(kind)) continue;
    const path = join(folder, kind);
    const files = loader.content.list(path).filter((file) => file.endsWith('.py') && file !== '__init__.py');
    if (files.length === 0) continue;
    const message = `${shownPath(path)} holds plugins in Python (${files.join(', ')}), which tsplay does not run`;
    loader.warn(message, position, UNASKED.has(kind) ? undefined : 'python-plugin');
  }
}
