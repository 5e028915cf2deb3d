/** Privileges by what they are on, as grants name it: "`shop`.*" to SELECT, INSERT. */
export type Grants = ReadonlyMap<string, readonly string[]>;

const GRANT = /^GRANT (.+?) ON (.+?) TO (['`"]).*?\3@(['`"]).*?\4(.*)$/;

/** Reads the lines of SHOW GRANTS. Roles are left out. */
export function readGrants(lines: readonly string[]): Grants {
  const grants = new Map<string, string[]>();
  for (const line of lines) {
    const [, privileges, on, , , rest = ''] = GRANT.exec(line) ?? [];
    if (privileges === undefined || on === undefined) continue;
    const own = splitPrivileges(privileges);
    if (rest.includes('WITH GRANT OPTION')) own.push('GRANT');
    grants.set(on, [...(grants.get(on) ?? []), ...own]);
  }
  return grants;
}

/** Reads `priv`: `shop.*:SELECT,INSERT/other.t:ALL`. Undefined for a part without a colon. */
export function wantedGrants(text: string): Grants | undefined {
  const grants = new Map<string, string[]>();
  for (const part of text.trim().split('/')) {
    const colon = part.lastIndexOf(':');
    if (colon < 0) return undefined;
    const on = quotedTarget(part.slice(0, colon).trim());
    grants.set(on, [...(grants.get(on) ?? []), ...splitPrivileges(part.slice(colon + 1))]);
  }
  return grants;
}

/** Database and table in backquotes, but for stars: as the server shows them. */
function quotedTarget(target: string): string {
  const [, kind = '', rest = ''] = /^((?:FUNCTION|PROCEDURE) )?(.*)$/s.exec(target) ?? [];
  const dot = rest.lastIndexOf('.');
  const sides = dot < 0 ? [rest] : [rest.slice(0, dot), rest.slice(dot + 1)];
  return kind + sides.map(quotedSide).join('.');
}

function quotedSide(side: string): string {
  const bare = side.replace(/^`|`$/g, '');
  return bare === '*' ? '*' : `\`${bare.replaceAll('`', '``')}\``;
}

/** Privileges in the server's spelling; columns of one are sorted, so that they can be compared. */
function splitPrivileges(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((privilege) => privilege.trim())
    .filter((privilege) => privilege !== '')
    .map((privilege) => {
      const [, verb = privilege, columns] = /^([^(]*?)\s*\((.*)\)$/.exec(privilege) ?? [];
      const plain = verb.toUpperCase().replace(/^ALL PRIVILEGES$/, 'ALL');
      if (columns === undefined) return plain;
      const names = columns.split(',').map((column) => quotedSide(column.trim()));
      return `${plain} (${names.sort().join(', ')})`;
    });
}

export interface GrantChange {
  readonly on: string;
  readonly grant: readonly string[];
  readonly revoke: readonly string[];
}

/** What to grant and revoke. `append` only adds, `subtract` only takes away; else the account has what is wanted and no more. */
export function compareGrants(
  current: Grants,
  wanted: Grants,
  { mode, isRoot }: { readonly mode: 'exactly' | 'append' | 'subtract'; readonly isRoot: boolean },
): GrantChange[] {
  const changes: GrantChange[] = [];
  for (const [on, privileges] of wanted) changes.push(compareOne(on, current.get(on) ?? [], privileges, mode));
  if (mode === 'exactly' && !isRoot) {
    for (const [on, privileges] of current) {
      if (wanted.has(on) || privileges.includes('PROXY')) continue;
      changes.push({ on, grant: [], revoke: meaningful(privileges) });
    }
  }
  return changes.filter(({ grant, revoke }) => grant.length > 0 || revoke.length > 0);
}

function compareOne(on: string, has: readonly string[], wants: readonly string[], mode: string): GrantChange {
  if (mode === 'subtract')
    return { on, grant: [], revoke: wants.filter((each) => has.includes(each) && each !== 'USAGE') };
  const grant = wants.filter((each) => !has.includes(each) && !(each === 'USAGE' && has.length > 0));
  if (mode === 'append')
    return { on, grant: has.includes('ALL') ? grant.filter((each) => each === 'GRANT') : grant, revoke: [] };
  const surplus = meaningful(has).filter((each) => !wants.includes(each));
  // What "all" holds already needs not be taken away first.
  return { on, grant, revoke: grant.includes('ALL') ? surplus.filter((each) => each === 'GRANT') : surplus };
}

/** USAGE is the absence of privileges. */
function meaningful(privileges: readonly string[]): string[] {
  return privileges.filter((each) => each !== 'USAGE');
}

/** The statements of a change for an account, as SQL writes it. */
export function grantStatements({ on, grant, revoke }: GrantChange, account: string): string[] {
  const statements: string[] = [];
  const taken = revoke.filter((each) => each !== 'GRANT');
  if (taken.length > 0) statements.push(`REVOKE ${taken.join(', ')} ON ${on} FROM ${account}`);
  if (revoke.includes('GRANT')) statements.push(`REVOKE GRANT OPTION ON ${on} FROM ${account}`);
  const given = grant.filter((each) => each !== 'GRANT');
  if (grant.length > 0) {
    const option = grant.includes('GRANT') ? ' WITH GRANT OPTION' : '';
    statements.push(`GRANT ${given.join(', ') || 'USAGE'} ON ${on} TO ${account}${option}`);
  }
  return statements;
}
