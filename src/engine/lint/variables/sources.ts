import type { Role } from '../../model/playbook.ts';
import type { Deferred } from '../../model/value.ts';
import { deferredIn } from '../../template/deferred-in.ts';
import type { Content } from '../content.ts';
import { type Names, namesIn } from '../text/names.ts';
import { ordinaryTemplates } from '../text/ordinary.ts';
import { type Parsed, parseDeferred, parseTemplateFile } from '../text/syntax.ts';

/** The names in one text, and whose text it is. */
export interface Source {
  readonly names: Names;
  readonly parsed: Parsed;
  /** The role in whose files it stands. */
  readonly role: Role | undefined;
}

/** All texts of tasks, plays, roles and templates. Inventories and other files of variables are not among them. */
export function sourcesOf(content: Content): Source[] {
  const seen = new Set<object>();
  const sources: Source[] = [];
  const add = (parsed: Parsed | undefined, role: Role | undefined): void => {
    if (parsed) sources.push({ parsed, role, names: namesIn(parsed.tree) });
  };
  const addAll = (value: unknown, role: Role | undefined): void => {
    for (const text of deferredIn(value, seen) as Iterable<Deferred>) add(parseDeferred(text), role);
  };
  for (const { role } of content.roles) addAll([role.defaults, role.exports], role);
  for (const { task } of content.tasks) {
    addAll([task.keywords, task.args, task.with?.terms, task.apply], task.role);
  }
  for (const { play } of content.plays) addAll(play.keywords, undefined);
  for (const file of ordinaryTemplates(content)) add(parseTemplateFile(file), roleOfFile(content, file.path));
  return sources;
}

function roleOfFile({ roles }: Content, path: string): Role | undefined {
  return roles.find(({ role }) => path.startsWith(`${role.path}/`))?.role;
}
