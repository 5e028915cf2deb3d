// Loads TypeScript files of src/ with all that they import, as the build sees them.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The exports of all `paths` together, which share what they import. Nothing is left on the disk. */
export async function loadSource(...paths) {
  // Beside node_modules, so that packages are found.
  const folder = mkdtempSync('node_modules/.source-');
  const outfile = join(folder, 'bundle.mjs');
  try {
    await build({
      stdin: { contents: paths.map((path) => `export * from './${path}';`).join('\n'), resolveDir: '.', loader: 'ts' },
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
