import { readdirSync } from 'node:fs';
import { didYouMean } from './suggest.ts';

/** A hint with the role of the most similar name in some folders. */
export function nearestRole(name: string, folders: readonly string[]): string | undefined {
  return didYouMean(name, folders.flatMap(foldersIn)) ?? 'create it in the `roles` folder beside the playbook';
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name);
  } catch {
    return []; // most of the folders that are searched do not exist
  }
}
