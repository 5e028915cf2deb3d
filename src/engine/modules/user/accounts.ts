/** A line of passwd(5). */
export interface PasswdEntry {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly comment: string;
  readonly home: string;
  readonly shell: string;
}

/** A line of group(5). */
export interface GroupEntry {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** A line of shadow(5); days since the epoch, undefined where the field is empty. */
export interface ShadowEntry {
  readonly password: string;
  readonly min?: number;
  readonly max?: number;
  readonly warn?: number;
  readonly inactive?: number;
  readonly expires?: number;
}

export function parsePasswd(line: string): PasswdEntry | undefined {
  const [name, , uid, gid, comment = '', home = '', shell = ''] = line.split(':');
  if (!name || gid === undefined) return undefined;
  return { name, uid: Number(uid), gid: Number(gid), comment, home, shell };
}

export function parseGroup(line: string): GroupEntry | undefined {
  const [name, , gid, members = ''] = line.split(':');
  if (!name || gid === undefined) return undefined;
  return { name, gid: Number(gid), members: members.split(',').filter((one) => one !== '') };
}

export function parseShadow(line: string): ShadowEntry | undefined {
  const [name, password, , min, max, warn, inactive, expires] = line.split(':');
  if (!name || password === undefined) return undefined;
  const days = { min, max, warn, inactive, expires };
  const known = Object.entries(days).filter(([, value]) => value !== undefined && value !== '');
  return { password, ...Object.fromEntries(known.map(([key, value]) => [key, Number(value)])) };
}

/** A group by its number or its name. */
export function findGroup(groups: readonly GroupEntry[], wanted: string): GroupEntry | undefined {
  const byNumber = /^\d+$/.test(wanted) ? groups.find(({ gid }) => gid === Number(wanted)) : undefined;
  return byNumber ?? groups.find(({ name }) => name === wanted);
}
