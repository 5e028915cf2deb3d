import { TsplayError } from '../model/errors.ts';
import type { Item, Role } from '../model/playbook.ts';
import type { Position } from '../model/source.ts';
import { Deferred, type Raw, type Scope, Undefined } from '../model/value.ts';
import type { Site } from './site.ts';
import { textOf } from './yaml-access.ts';

/**
 * Evaluates a name that must be known before any host is (an import's file, a role). It may use variables of the
 * command line, the play, its roles and the blocks around. Throws TsplayError('undefined') for any other.
 */
export function staticName(site: Site, raw: Raw, what: string, position: Position): string {
  if (!(raw instanceof Deferred)) return textOf(raw as string);
  const { scope } = site.loader.options;
  if (!scope) throw unknown(raw, what, position);
  try {
    const value = raw.evaluate(scopeOf(site, scope));
    if (value instanceof Undefined) throw unknown(raw, what, position);
    return textOf(value);
  } catch (error) {
    if (error instanceof TsplayError && error.kind === 'undefined') throw unknown(raw, what, position, error);
    throw error;
  }
}

function unknown(raw: Deferred, what: string, position: Position, cause?: TsplayError): TsplayError {
  const reason = cause ? ` (${cause.message})` : '';
  return new TsplayError('undefined', `Error when evaluating variable in ${what}: ${raw.text}${reason}`, {
    position,
    hint: 'names of static imports and roles can use play variables and extra variables, not facts or inventory; include_* can',
    cause,
  });
}

function scopeOf(site: Site, scope: Scope): Scope {
  const { role } = site;
  const roles = role ? [...role.parents.toReversed(), role] : [];
  return scope.with(
    new Map<string, Raw>([
      ...roles.flatMap((each) => [...each.defaults]),
      ...site.playVars,
      ...roles.flatMap((each) => [...each.vars]),
      ...varsAround(site.parent),
      ...roles.flatMap((each) => [...each.params]),
      ['playbook_dir', site.directory],
      ...roleMagic(role),
      ...(site.loader.options.extraVars ?? []),
    ]),
  );
}

function varsAround(item: Item | undefined): [string, Raw][] {
  if (!item) return [];
  return [...varsAround(item.parent), ...(item.keywords.vars ?? [])];
}

function roleMagic(role: Role | undefined): [string, Raw][] {
  if (!role) return [];
  return [
    ['role_name', role.name],
    ['role_path', role.path],
  ];
}
