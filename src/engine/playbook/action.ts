import type { Position } from '../model/source.ts';
import { Deferred, type Raw } from '../model/value.ts';
import { compileText } from '../template/compile.ts';
import type { YamlEntry, YamlMap } from '../yaml/types.ts';
import { type Arguments, readArguments, readOldStyle } from './arguments.ts';
import { builtinAction, shortName } from './builtin-actions.ts';
import { collectionsOf } from './collections.ts';
import { resolveModule } from './content/resolve.ts';
import { keywordsOf } from './keywords.ts';
import { kindOf, problem } from './problem.ts';
import type { Site } from './site.ts';
import { didYouMean } from './suggest.ts';
import type { ActionInfo } from './types.ts';
import { unavailableAction } from './unavailable.ts';
import { splitWords } from './words.ts';
import { entryOf, keyName, membersOf } from './yaml-access.ts';

/** What a task does, taken from any of the forms in which it may be written. */
export interface FoundAction extends Arguments {
  /** Canonical name. */
  readonly name: string;
  readonly written: string;
  /** `local_action`: done on the controller. */
  readonly local: boolean;
  /** The name, if it is a template. */
  readonly deferredAction?: Deferred | undefined;
  /** The file of a module of the user; absolute. */
  readonly source?: string | undefined;
  /** Why it cannot be run, if it cannot. */
  readonly unavailable?: string | undefined;
  /** The key that names it: no keyword of the task. */
  readonly key: string;
  readonly position: Position;
}

interface Candidate {
  readonly written: string;
  readonly entry: YamlEntry;
  readonly form: 'module' | 'action' | 'local_action';
}

/** Finds the one module of a task. Throws TsplayError when there is none, more than one, or an unknown one. */
export function findAction(site: Site, map: YamlMap): FoundAction {
  const candidate = theCandidate(site, map);
  const { entry, written, form } = candidate;
  const deferredAction = deferredName(candidate);
  const found = deferredAction ? { name: written, args: NO_ARGS } : resolveAction(site, map, written);
  const missing = found ? undefined : unavailableAction(site, written, searched(site, map), entry.keyPosition);
  const info = found ?? missing;
  if (!info) throw unknownAction(site, written, entry.keyPosition);
  if (missing) {
    const message = `the module "${written}" ${missing.unavailable}; the task fails if it is reached`;
    site.loader.warn(message, entry.keyPosition, 'unavailable-module');
  }
  const extra = entryOf(map, 'args')?.node;
  const parsed =
    form === 'module'
      ? readArguments(site.loader, info, entry.node, extra)
      : readOldStyle(site.loader, info, entry.node, extra);
  return {
    ...parsed,
    name: info.name,
    written,
    local: form === 'local_action',
    deferredAction,
    source: info.source,
    unavailable: missing?.unavailable,
    key: keyName(entry),
    position: entry.keyPosition,
  };
}

function theCandidate(site: Site, map: YamlMap): Candidate {
  const found = [...oldStyle(map), ...newStyle(map)];
  const [first, second] = found;
  if (!first)
    throw problem('no module/action detected in task.', map.position, 'name a module, for example `command: uptime`');
  if (!second) return first;
  if (first.form === 'action' && second.form === 'local_action') {
    throw problem('action and local_action are mutually exclusive', second.entry.keyPosition);
  }
  const stray = found.find((each) => !resolveAction(site, map, each.written)) ?? second;
  throw problem(
    `conflicting action statements: ${first.written}, ${second.written}`,
    stray.entry.keyPosition,
    strayHint(site, map, stray),
  );
}

function strayHint(site: Site, map: YamlMap, stray: Candidate): string {
  if (resolveAction(site, map, stray.written)) return 'a task has one module; make two tasks of it';
  const near = didYouMean(stray.written, keywordsOf(site.isHandler ? 'Handler' : 'Task').keys());
  return `'${stray.written}' is neither a keyword nor a known module${near ? `; ${near}` : ''}`;
}

function oldStyle(map: YamlMap): Candidate[] {
  return (['action', 'local_action'] as const).flatMap((form) => {
    const entry = entryOf(map, form);
    return entry ? [{ form, entry, written: oldStyleName(entry) }] : [];
  });
}

/** `copy` of `action: copy src=a` and of `action: {module: copy}`. */
function oldStyleName(entry: YamlEntry): string {
  const { node } = entry;
  const source = node.kind === 'map' ? entryOf(node, 'module')?.node : node;
  if (source?.kind === 'scalar' && typeof source.value === 'string')
    return splitWords(source.value.trim(), source.position)[0]?.trim() ?? '';
  if (node.kind === 'map') throw problem('no module/action detected in task.', node.position, 'name it with `module:`');
  throw problem(`unexpected parameter type in action: ${kindOf(node)}`, node.position);
}

function deferredName({ form, written, entry }: Candidate): Deferred | undefined {
  const name = form === 'module' ? written : compileText(written, entry.node.position);
  return name instanceof Deferred ? name : undefined;
}

function newStyle(map: YamlMap): Candidate[] {
  const task = keywordsOf('Task');
  const handler = keywordsOf('Handler');
  return map.entries.flatMap((entry) => {
    const written = keyName(entry);
    const isKeyword = task.has(written) || handler.has(written) || written.startsWith('with_');
    return isKeyword ? [] : [{ form: 'module' as const, entry, written }];
  });
}

const NO_ARGS: ActionInfo['args'] = {};

function resolveAction(site: Site, map: YamlMap, written: string): ActionInfo | undefined {
  const builtin = builtinAction(written);
  if (builtin && builtin !== 'import_playbook') return { name: builtin, freeForm: 'text', args: NO_ARGS };
  return resolveModule(site, written, searched(site, map)).info;
}

function searched(site: Site, map: YamlMap): readonly string[] {
  const own = entryOf(map, 'collections')?.node;
  return collectionsOf(own ? membersOf(own).map((node): Raw => site.loader.raw(node)) : undefined, site.collections);
}

function unknownAction(site: Site, written: string, position: Position) {
  const message = `couldn't resolve module/action '${written}'. This often indicates a misspelling, missing collection, or incorrect module path.`;
  return problem(message, position, removedHint(written) ?? nameHint(site, written));
}

function removedHint(written: string): string | undefined {
  const short = shortName(written);
  if (short === 'include') return 'include was removed in ansible-core 2.16; use include_tasks or import_tasks';
  if (short === 'import_playbook') return 'import_playbook stands at the top of a playbook, not among tasks';
  return undefined;
}

function nameHint(site: Site, written: string): string | undefined {
  const short = written.split('.').at(-1)!;
  const keywords = keywordsOf(site.isHandler ? 'Handler' : 'Task').keys();
  return didYouMean(short, [
    ...site.loader.options.actions.names(),
    'include_tasks',
    'include_role',
    'import_tasks',
    'import_role',
    'meta',
    'block',
    ...keywords,
  ]);
}
