import type { Attributes } from '../../model/change.ts';
import { Script } from '../../model/script.ts';
import { join, sh } from '../quote.ts';

export interface AttributeOptions {
  /** Change a link itself instead of what it points to. */
  readonly link?: boolean;
  readonly recurse?: boolean;
}

/**
 * Steps that give a path its attributes, each to succeed; none if nothing is asked. The owner goes first, since a
 * change of owner takes setuid and setgid away; chattr goes last, since `+i` forbids all else.
 * A path may be given as a Script, for one that stands in a variable.
 */
export function attributeSteps(
  path: string | Script,
  attributes: Attributes,
  options: AttributeOptions = {},
): Script[] {
  const { mode } = attributes;
  const chmod =
    mode === undefined || options.link ? [] : [sh`chmod ${recursive(options)} ${octal(mode)} ${word(path)}`];
  return [...ownerSteps(path, attributes, options), ...chmod, ...otherSteps(path, attributes, options)];
}

export function ownerSteps(
  path: string | Script,
  { owner, group }: Attributes,
  options: AttributeOptions = {},
): Script[] {
  const flags = [...(options.link ? ['-h'] : []), ...recursive(options)];
  if (owner !== undefined) {
    return [sh`chown ${flags} ${group === undefined ? owner : `${owner}:${group}`} ${word(path)}`];
  }
  return group === undefined ? [] : [sh`chgrp ${flags} ${group} ${word(path)}`];
}

/** Everything but owner, group and mode. */
export function otherSteps(path: string | Script, attributes: Attributes, options: AttributeOptions = {}): Script[] {
  const { selinux, chattr, atime, mtime } = attributes;
  const file = word(path);
  const link = options.link ? ['-h'] : [];
  return [
    ...(selinux === undefined ? [] : [sh`chcon ${link} ${recursive(options)} ${selinux} ${file}`]),
    ...(atime === undefined ? [] : [sh`touch ${link} -c -a -d ${`@${atime}`} ${file}`]),
    ...(mtime === undefined ? [] : [sh`touch ${link} -c -m -d ${`@${mtime}`} ${file}`]),
    ...(chattr === undefined ? [] : [sh`chattr ${recursive(options)} ${chattr} ${file}`]),
  ];
}

/** Steps that stop at the first that fails. */
export function inOrder(steps: readonly Script[]): Script {
  return steps.length === 0 ? sh`:` : join(steps, ' && ');
}

/** A path that no tool takes for an option. */
export function word(path: string | Script): Script {
  if (path instanceof Script) return path;
  return sh`${path.startsWith('-') ? `./${path}` : path}`;
}

function recursive({ recurse }: AttributeOptions): string[] {
  return recurse ? ['-R'] : [];
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
