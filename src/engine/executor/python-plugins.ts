import type { TsplayError } from '../model/errors.ts';
import type { Item, Play } from '../model/playbook.ts';
import type { ContentPlugins, Deferred, PluginKind } from '../model/value.ts';
import { Condition, Template } from '../template/compile.ts';
import { deferredIn } from '../template/deferred-in.ts';
import { faultError } from '../template/program.ts';
import { hasPlugin, unknownPlugin } from '../template/registry.ts';
import { SyntaxFault } from '../template/syntax/token.ts';
import { roleChain } from '../vars/inherit.ts';

/**
 * Templates of plays that name a filter, test or lookup which the content has in Python: an error each, with its place.
 * What is included while they run, and files of templates, are not looked at.
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

function errorsOf(deferred: Deferred, plugins: ContentPlugins): TsplayError[] {
  if (!(deferred instanceof Template || deferred instanceof Condition)) return [];
  const { text, position } = deferred;
  const lookups = [...text.matchAll(LOOKUP)]
    .map((match) => ({ kind: 'lookup' as const, name: match[2]!, offset: match.index }))
    .filter(({ name }) => !hasPlugin('lookup', name));
  return [...lateOf(deferred), ...lookups]
    .filter(({ kind, name }) => !plugins.find(kind, name) && plugins.refusal(kind, name) !== undefined)
    .map(({ kind, name, offset }) => {
      const { message, hint } = unknownPlugin(kind, name, plugins);
      return faultError(new SyntaxFault(message, offset, hint), text, position) as TsplayError;
    });
}

/** A mistake in a text is told where it is evaluated, if it ever is. */
function lateOf(deferred: Template | Condition): readonly { kind: PluginKind; name: string; offset: number }[] {
  try {
    return deferred.late();
  } catch {
    return [];
  }
}
