import { existsSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What a folder of the controller holds, with paths relative to where it is copied. */
export interface Tree {
  readonly files: readonly { readonly from: string; readonly to: string }[];
  readonly folders: readonly { readonly from: string; readonly to: string }[];
  readonly links: readonly { readonly target: string; readonly to: string }[];
}

/**
 * Walks a folder. Its own name comes first in the relative paths, unless it is written with a slash at the end. With
 * `follow`, links are copied as what they lead to; but not one that leads to a folder it stands in.
 */
export function walkTree(folder: string, follow: boolean): Tree {
  const tree = { files: [], folders: [], links: [] };
  const start = folder.endsWith('/') ? '' : basename(folder);
  walk(folder, start, follow, [realpathSync(folder)], tree);
  return tree;
}

interface Growing {
  files: { from: string; to: string }[];
  folders: { from: string; to: string }[];
  links: { target: string; to: string }[];
}

function walk(folder: string, prefix: string, follow: boolean, above: readonly string[], tree: Growing): void {
  // The files of a folder come before those of the folders in it, so that they are the first to be complained of.
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => Number(a.isDirectory()) - Number(b.isDirectory()))) {
    const from = join(folder, entry.name);
    const to = join(prefix, entry.name);
    if (entry.isSymbolicLink()) addLink(from, to, follow, above, tree);
    else if (entry.isDirectory()) {
      tree.folders.push({ from, to });
      walk(from, to, follow, [...above, realpathSync(from)], tree);
    } else tree.files.push({ from, to });
  }
}

function addLink(from: string, to: string, follow: boolean, above: readonly string[], tree: Growing): void {
  const real = follow && existsSync(from) ? realpathSync(from) : undefined;
  if (real === undefined || above.includes(real)) {
    tree.links.push({ target: readlinkSync(from), to });
    return;
  }
  if (!statSync(real).isDirectory()) {
    tree.files.push({ from: real, to });
    return;
  }
  tree.folders.push({ from: real, to });
  walk(real, to, follow, [...above, real], tree);
}
