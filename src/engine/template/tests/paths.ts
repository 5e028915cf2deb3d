import type { Value } from '../../model/value.ts';
import { statPath } from '../../yaml/stat-path.ts';
import { bind } from '../params.ts';
import type { Tests } from '../types.ts';
import { defined, fail, pyStr, typeName } from '../values.ts';
import { beginsAsVault } from '../vaulted-file.ts';

/** Tests of paths on the controller. */
export const tests: Tests = {
  abs: (value) => pathOf(value).startsWith('/'),
  directory: isDirectory,
  exists: (value) => status(value) !== undefined,
  file: isFile,
  is_abs: (value) => pathOf(value).startsWith('/'),
  is_dir: isDirectory,
  is_file: isFile,
  is_link: isLink,
  is_mount: isMount,
  is_same_file: isSameFile,
  link: isLink,
  link_exists: (value) => ownStatus(value) !== undefined,
  mount: isMount,
  same_file: isSameFile,
  vaulted_file: (value) => isVaulted(pathOf(value)),
};

function pathOf(value: Value): string {
  if (typeof defined(value) === 'string') return value as string;
  return fail(`a path is expected, not ${typeName(value)}`);
}

function status(value: Value) {
  return statPath(pathOf(value));
}

function ownStatus(value: Value) {
  return statPath(pathOf(value), { follow: false });
}

function isDirectory(value: Value): boolean {
  return status(value)?.isDirectory() ?? false;
}

function isFile(value: Value): boolean {
  return status(value)?.isFile() ?? false;
}

function isLink(value: Value): boolean {
  return ownStatus(value)?.isSymbolicLink() ?? false;
}

/** The root of a file system: it lies on another device than the folder above it, or is that folder itself. */
function isMount(value: Value): boolean {
  const own = ownStatus(value);
  if (!own || own.isSymbolicLink()) return false;
  const above = statPath(`${pathOf(value)}/..`);
  return above !== undefined && (above.dev !== own.dev || above.ino === own.ino);
}

function isSameFile(value: Value, args: Value[], kwargs: Map<string, Value>): boolean {
  const { other = '' } = bind(args, kwargs, ['other'], 'same_file', 1);
  const [left, right] = [value, other].map((path) => status(path) ?? fail(`no such file: ${pyStr(path)}`));
  return left!.dev === right!.dev && left!.ino === right!.ino;
}

function isVaulted(path: string): boolean {
  try {
    return beginsAsVault(path);
  } catch (error) {
    return fail(`Cannot test if the file ${path} is a vault: ${(error as Error).message}`);
  }
}
