import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TsplayError } from '../model/errors.ts';
import type { Item, Play } from '../model/playbook.ts';
import type { ContentPlugins, Deferred } from '../model/value.ts';
import { shownPath } from '../playbook/loader.ts';
import { Condition, Template } from '../template/compile.ts';
import { deferredIn } from '../template/deferred-in.ts';
import type { LateName } from '../template/late.ts';
import { compileTemplate, faultError } from '../template/program.ts';
import { hasPlugin, unknownPlugin } from '../template/registry.ts';
import { FILE_SYNTAX } from '../template/syntax/options.ts';
import { SyntaxFault } from '../template/syntax/token.ts';
import { roleChain } from '../vars/inherit.ts';
import { rolesIn } from './roles-in.ts';

/**
 * Templates of plays that name a filter, test or lookup which the content has in Python: an error each, with its place.
 * What is included while they run is not looked at.
 */
export function pythonPluginsIn(plays: readonly Play[], plugins: ContentPlugins): TsplayError[] {
  const seen = new Set<object>();
  const errors: TsplayError[] = [];
  for (const part of plays.flatMap((play) => [...partsOf(play)])) {
    for (const deferred of deferredIn(part, seen)) errors.push(...errorsOf(deferred, plugins));
  }
  return errors;
}

function* partsOf(play: Play): Iterable<unknown> {
  yield [play.keywords, play.varsFiles];
  for (const item of [play.preTasks, ...play.roles, play.tasks, play.postTasks, ...play.handlers]) yield* below(item);
}

function* below(item: Item): Iterable<unknown> {
  yield item.keywords;
  for (const role of roleChain(item.role)) yield [role.defaults, role.vars, role.params];
  if (item.kind === 'task') yield [item.args, item.with?.terms, item.deferredArgs, item.deferredAction];
  else for (const inner of [...item.items, ...item.rescue, ...item.always]) yield* below(inner);
}

const LOOKUP = /\b(?:lookup|query|q)\s*\(\s*(['"])([\w.]+)\1/g;

/** The same for files of templates beside the plays and in their roles; nobody knows which of them are used. */
export function pythonPluginsInTemplates(plays: readonly Play[], plugins: ContentPlugins): TsplayError[] {
  const folders = new Set<string>();
  for (const play of plays) {
    folders.add(play.directory);
    for (const role of rolesIn([play.preTasks, ...play.roles, play.tasks, play.postTasks])) folders.add(role.path);
  }
  return [...folders]
    .flatMap((folder) => templatesIn(join(folder, 'templates')))
    .flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      const position = { file: shownPath(path), line: 1, column: 1 };
      return faults(namesIn(text), plugins).map((fault) => faultError(fault, text, position) as TsplayError);
    });
}

/** Bytes of the largest file that is looked into. */
const LARGEST = 512 * 1024;

function templatesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size <= LARGEST);
}

function namesIn(text: string): readonly LateName[] {
  try {
    return compileTemplate(text, FILE_SYNTAX).late;
  } catch {
    return []; // Told where it is used: it may have a header, or delimiters of its own.
  }
}

function faults(names: readonly LateName[], plugins: ContentPlugins): SyntaxFault[] {
  return names
    .filter(({ kind, name }) => !plugins.find(kind, name) && plugins.refusal(kind, name) !== undefined)
    .map(({ kind, name, offset }) => {
      const { message, hint } = unknownPlugin(kind, name, plugins);
      return new SyntaxFault(message, offset, hint);
    });
}

function errorsOf(deferred: Deferred, plugins: ContentPlugins): TsplayError[] {
  if (!(deferred instanceof Template || deferred instanceof Condition)) return [];
  const { text, position } = deferred;
  const lookups = [...text.matchAll(LOOKUP)]
    .map((match) => ({ kind: 'lookup' as const, name: match[2]!, offset: match.index }))
    .filter(({ name }) => !hasPlugin('lookup', name));
  const found = faults([...lateOf(deferred), ...lookups], plugins);
  return found.map((fault) => faultError(fault, text, position) as TsplayError);
}

/** A mistake in a text is told where it is evaluated, if it ever is. */
function lateOf(deferred: Template | Condition): readonly LateName[] {
  try {
    return deferred.late();
  } catch {
    return [];
  }
}
