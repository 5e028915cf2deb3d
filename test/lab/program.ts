import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The built program: what runs in tests is what a user runs. */
export function builtProgram(): string {
  const path = resolve(import.meta.dirname, '../../dist/tsplay.js');
  if (existsSync(path)) return path;
  throw new Error('dist/ is missing: npm run build');
}
