import { randomBytes } from 'node:crypto';
import { sh } from '../quote.ts';
import type { Runner } from '../runner.ts';
import type { Applied, ChangeOf } from './apply.ts';
import { word } from './attribute-script.ts';

/** Makes a symbolic or hard link, replacing what is there in one step; a folder in its place must be empty. */
export function applyLink({ path, target, hard, before }: ChangeOf<'link'>, runner: Runner): Promise<Applied> {
  const make = hard ? sh`ln -- ${target}` : sh`ln -s -- ${target}`;
  if (before.kind === 'absent') return runner.script(sh`${make} ${word(path)}`);
  const slash = path.lastIndexOf('/');
  const temporary = `${path.slice(0, slash + 1)}.tsplay-${randomBytes(8).toString('hex')}`;
  const clear = before.kind === 'directory' ? sh`rmdir -- ${path} && ` : sh``;
  // -T: a link to a folder in the way is replaced, not entered.
  return runner.script(
    sh`${clear}${make} ${temporary} && mv -f -T -- ${temporary} ${path} || { e=$?; rm -f -- ${temporary}; exit $e; }`,
  );
}
