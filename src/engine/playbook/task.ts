import { TsplayError } from '../model/errors.ts';
import type { Keywords, Task } from '../model/playbook.ts';
import type { Raw } from '../model/value.ts';
import type { YamlEntry, YamlMap } from '../yaml/types.ts';
import type { FoundAction } from './action.ts';
import { META_ACTIONS } from './builtin-actions.ts';
import { findLookupFile } from './content/lookup-file.ts';
import { checkInclude } from './include-args.ts';
import type { Owner } from './keywords.ts';
import { shownPath } from './loader.ts';
import { problem } from './problem.ts';
import { asKeywords, readKeywords, unknownKeyword } from './read-keywords.ts';
import type { Site } from './site.ts';
import { didYouMean } from './suggest.ts';
import { isEmpty, keyName } from './yaml-access.ts';

/** Builds a task from its mapping and the action found in it. */
export function makeTask(site: Site, map: YamlMap, action: FoundAction): Task {
  const owner = ownerOf(site, action.name);
  const others = map.entries.filter((entry) => keyName(entry) !== action.key);
  const loops = others.filter((entry) => keyName(entry).startsWith('with_'));
  const own = others.filter((entry) => !loops.includes(entry));
  const keywords: Keywords = asKeywords(readKeywords(site.loader, owner, own, { lenient: ignoresErrors(own) }));
  if (action.local) keywords.delegate_to = 'localhost';
  const task: Task = {
    kind: 'task',
    action: action.name,
    written: action.written,
    deferredAction: action.deferredAction,
    source: action.source,
    unavailable: action.unavailable,
    args: action.args,
    argPositions: action.argPositions,
    deferredArgs: action.deferredArgs,
    keywords,
    position: map.position,
    parent: site.parent,
    role: site.role,
    isHandler: site.isHandler,
    with: loopOf(site, owner, loops, keywords.loop),
    apply: checkInclude(site, action),
  };
  if (action.name === 'meta') checkMeta(site, task);
  return task;
}

/** A keyword of the wrong type fails the task; one that ignores errors is not to be refused for it before it runs. */
function ignoresErrors(entries: readonly YamlEntry[]): boolean {
  return entries.some(({ key, node }) => key === 'ignore_errors' && node.kind === 'scalar' && node.value === true);
}

function ownerOf(site: Site, action: string): Owner {
  if (action === 'include_tasks') return site.isHandler ? 'HandlerTaskInclude' : 'TaskInclude';
  if (action === 'include_role') return 'IncludeRole';
  return site.isHandler ? 'Handler' : 'Task';
}

function loopOf(site: Site, owner: Owner, loops: readonly YamlEntry[], loop: Raw | undefined): Task['with'] {
  const [first, second] = loops;
  if (!first) return undefined;
  const lookup = lookupName(first);
  if (!site.loader.options.hasLookup(lookup)) {
    const own = findLookupFile(site.loader.content, lookup);
    if (own?.endsWith('.py')) {
      throw problem(
        `the lookup "${lookup}" comes from ${shownPath(own)}, a plugin in Python, which tsplay does not run`,
        first.keyPosition,
        'write it anew as docs/extending.md says',
      );
    }
    if (own === undefined) throw unknownKeyword(owner, first);
  }
  if (second || loop !== undefined) {
    const doubled = second ?? first;
    throw problem(`duplicate loop in task: ${lookupName(doubled)}`, doubled.keyPosition, 'a task has one loop');
  }
  if (isEmpty(first.node)) throw problem(`you must specify a value when using with_${lookup}`, first.keyPosition);
  return { lookup, terms: site.loader.raw(first.node) };
}

function lookupName(entry: YamlEntry): string {
  return keyName(entry).slice('with_'.length);
}

function checkMeta(site: Site, { args, position, argPositions }: Task): void {
  const action = args.get('_raw_params');
  const at = argPositions.get('_raw_params') ?? position;
  if (action === undefined) throw problem('meta needs the name of what to do', at, `one of ${META_ACTIONS.join(', ')}`);
  if (typeof action !== 'string') return;
  if (!META_ACTIONS.includes(action)) {
    throw new TsplayError('play', `invalid meta action requested: ${action}`, {
      position: at,
      hint: didYouMean(action, META_ACTIONS) ?? `one of ${META_ACTIONS.join(', ')}`,
    });
  }
  if (action !== 'end_role') return;
  if (site.isHandler) throw problem("Cannot execute 'end_role' from a handler", at);
  if (!site.role) throw problem("Cannot execute 'end_role' from outside of a role", at);
}
