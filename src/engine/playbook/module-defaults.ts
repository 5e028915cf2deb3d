import type { Position } from '../model/source.ts';
import type { Raw, Value } from '../model/value.ts';
import type { YamlNode } from '../yaml/types.ts';
import { modulesOfGroup } from './action-groups.ts';
import { builtinAction, shortName } from './builtin-actions.ts';
import { isOwnCollection, splitFullName } from './collections.ts';
import { findModuleFile } from './content/module-file.ts';
import type { Loader } from './loader.ts';
import { problem } from './problem.ts';
import { didYouMean } from './suggest.ts';
import { keyName, membersOf } from './yaml-access.ts';

/**
 * `module_defaults:` as a list of mappings. Names of modules become canonical ones; the name of a group is followed by
 * those of its modules (`group/my.own.web my.own.site my.own.page`).
 */
export function readModuleDefaults(loader: Loader, node: YamlNode): Raw[] {
  return membersOf(node).map((member) => {
    if (member.kind !== 'map') {
      throw problem(
        "The field 'module_defaults' is supposed to be a dictionary or list of dictionaries, the keys of which must be static action, module, or group names",
        member.position,
        'for example: {\'ping\': "{{ ping_defaults }}"}',
      );
    }
    const defaults = new Map<Value, Raw>();
    for (const entry of member.entries) {
      const name = keyName(entry);
      defaults.set(canonical(loader, name, entry.keyPosition), loader.raw(entry.node));
    }
    return defaults;
  });
}

function canonical(loader: Loader, name: string, position: Position): string {
  if (name.startsWith('group/'))
    return [name, ...(modulesOfGroup(loader, name.slice('group/'.length)) ?? [])].join(' ');
  const own = ownModule(loader, name);
  if (own !== undefined) return own;
  const known = builtinAction(name) ?? loader.options.actions.resolve(name)?.name;
  if (known !== undefined) return known;
  // A module that no task uses does no harm.
  const suggestion = didYouMean(name, loader.options.actions.names());
  loader.warn(`Could not resolve action ${name} in module_defaults${suggestion ? `; ${suggestion}` : ''}`, position);
  return name;
}

/** The name of a module of the user, if it is one. */
function ownModule({ content }: Loader, name: string): string | undefined {
  const full = splitFullName(name);
  if (!full || isOwnCollection(full.collection)) {
    return findModuleFile(content, content.of('library'), shortName(name)) && shortName(name);
  }
  // Of a collection on disk: what it sends elsewhere is known to the task that names it.
  return content.collections().some((collection) => collection.name === full.collection) ? name : undefined;
}
