// Bundles src/cli into dist/: one small entry and chunks that are loaded when they are needed.
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { writeTypes } from './types.mjs';

// What packages written for CommonJS (ssh2) expect to find.
const COMMONJS = `import { createRequire as $require } from 'node:module';
import { dirname as $dirname } from 'node:path';
import { fileURLToPath as $path } from 'node:url';
const require = $require(import.meta.url), __filename = $path(import.meta.url), __dirname = $dirname(__filename);`;
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: { tsplay: 'src/cli/main.ts', module: 'src/api/module.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  chunkNames: 'chunks/[name]-[hash]',
  // Parts of the page that `tsplay report` makes.
  loader: { '.hbs': 'text', '.css': 'text', '.browser.js': 'text' },
  // Optional native parts of ssh2; it works without them.
  external: ['*.node', 'cpu-features'],
  banner: { js: COMMONJS },
  define: { TSPLAY_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
});
chmodSync('dist/tsplay.js', 0o755);
writeTypes('dist/types');
