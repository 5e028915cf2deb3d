// Bundles src/cli into dist/: one small entry and chunks that are loaded when they are needed.
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: { tsplay: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  chunkNames: 'chunks/[name]-[hash]',
  // Optional native parts of ssh2; it works without them.
  external: ['*.node', 'cpu-features'],
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  define: { TSPLAY_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
});
chmodSync('dist/tsplay.js', 0o755);
