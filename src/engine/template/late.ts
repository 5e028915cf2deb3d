import type { ContentPlugins, PluginKind, Scope, Value } from '../model/value.ts';
import { builtinPlugin, unknownPlugin } from './registry.ts';
import { SyntaxFault } from './syntax/token.ts';
import type { Filter, Lookup, Test } from './types.ts';
import { truthy } from './values/truth.ts';

/** A name in a template that nothing built in has; the content may. */
export interface LateName {
  readonly kind: PluginKind;
  readonly name: string;
  readonly offset: number;
}

/** The first of the names that the content does not have either, as a fault of the text. */
export function faultOf(late: readonly LateName[], plugins: ContentPlugins | undefined): SyntaxFault | undefined {
  const missing = late.find(({ kind, name }) => !plugins?.find(kind, name));
  if (!missing) return undefined;
  const { message, hint } = unknownPlugin(missing.kind, missing.name, plugins);
  return new SyntaxFault(message, missing.offset, hint);
}

/** The filter of that name: of the content, else the one built in. Throws TsplayError where there is none. */
export function filterOf(name: string, { world }: Scope, own = builtinPlugin('filter', name)): Filter {
  const plugin = world.plugins?.find('filter', name);
  if (plugin) return (value, args, kwargs, { scope }) => plugin([value, ...args], kwargs, scope);
  if (own) return own;
  throw unknownPlugin('filter', name, world.plugins);
}

export function testOf(name: string, { world }: Scope, own = builtinPlugin('test', name)): Test {
  const plugin = world.plugins?.find('test', name);
  if (plugin) return (value, args, kwargs, { scope }) => truthy(plugin([value, ...args], kwargs, scope));
  if (own) return own;
  throw unknownPlugin('test', name, world.plugins);
}

export function lookupOf(name: string, { world }: Scope): Lookup {
  const plugin = world.plugins?.find('lookup', name);
  if (plugin) return (terms, options, { scope }) => listOf(plugin(terms, options, scope));
  const own = builtinPlugin('lookup', name);
  if (own) return own;
  throw unknownPlugin('lookup', name, world.plugins);
}

function listOf(value: Value): Value[] {
  return Array.isArray(value) ? value : [value];
}
