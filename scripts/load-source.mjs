// Loads a TypeScript file of src/ with all that it imports, as the build sees it.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The exports of `path`. Nothing is left on the disk. */
export async function loadSource(path) {
  // Beside node_modules, so that packages are found.
  const folder = mkdtempSync('node_modules/.source-');
  const outfile = join(folder, 'bundle.mjs');
  try {
    await build({
      entryPoints: [path],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
