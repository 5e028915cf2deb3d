import type { Value } from '../model/value.ts';
import { textOf } from './yaml-access.ts';

/** Flat names of tags, as they are after their templates were evaluated. */
export type Tags = readonly string[];

/**
 * Whether something with these tags runs under `--tags` and `--skip-tags`. No `only` is `all`. `always` and `never` on the
 * item, `tagged` and `untagged` in the options have Ansible's meaning.
 */
export function selected(tags: Tags, only: Tags, skip: Tags): boolean {
  const own = tags.length > 0 ? tags : ['untagged'];
  return wanted(own, only.length > 0 ? only : ['all']) && !skipped(own, skip);
}

function wanted(own: Tags, only: Tags): boolean {
  if (own.includes('always')) return true;
  const never = own.includes('never');
  if (only.includes('all') && !never) return true;
  if (own.some((tag) => only.includes(tag))) return true;
  return only.includes('tagged') && !isUntagged(own) && !never;
}

function skipped(own: Tags, skip: Tags): boolean {
  if (skip.includes('all')) return !own.includes('always') || skip.includes('always');
  if (own.some((tag) => skip.includes(tag))) return true;
  return skip.includes('tagged') && !isUntagged(own);
}

function isUntagged(own: Tags): boolean {
  return own.length === 1 && own[0] === 'untagged';
}

/** Evaluated values of `tags` as names: a template may give a list. */
export function tagNames(values: readonly Value[]): string[] {
  return [...new Set(values.flatMap((value) => (Array.isArray(value) ? value.map(textOf) : [textOf(value)])))];
}
