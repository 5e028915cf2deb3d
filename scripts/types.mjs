// Writes the types of `tsplay/module` for editors: the declarations that it leads to, and no others.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

/** Throws if the types cannot be made. */
export function writeTypes(folder) {
  const all = mkdtempSync(join(tmpdir(), 'tsplay-types-'));
  try {
    const tsc = join('node_modules', '.bin', 'tsc');
    const { status, stdout } = spawnSync(tsc, ['-p', 'scripts/types.tsconfig.json', '--outDir', all]);
    if (status !== 0) throw new Error(`the types of the module API cannot be made: ${stdout}`);
    copyWithImports(join(all, 'api', 'module.d.ts'), all, folder, new Set());
  } finally {
    rmSync(all, { recursive: true });
  }
}

function copyWithImports(path, from, to, seen) {
  if (seen.has(path) || !existsSync(path)) return;
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  const target = join(to, relative(from, path));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text.replace(/(from '\.[^']+)\.ts'/g, "$1.js'"));
  for (const [, name] of text.matchAll(/from '(\.[^']+)\.ts'/g)) {
    copyWithImports(resolve(dirname(path), `${name}.d.ts`), from, to, seen);
  }
}
