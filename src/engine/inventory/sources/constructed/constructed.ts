import type { Dict } from '../../../model/value.ts';
import { truthy } from '../../../template/values.ts';
import { reconcile } from '../../edit.ts';
import { failSource, type SourceContext, topOf } from '../source.ts';
import { applyFeatures, readFeatures } from './features.ts';

const OPTIONS = [
  'compose',
  'groups',
  'keyed_groups',
  'strict',
  'leading_separator',
  'use_vars_plugins',
  'use_extra_vars',
];

/** Sets variables and makes groups of the hosts that earlier sources named. Throws TsplayError. */
export function readConstructed({ inventory, scopeOf, settings, ...context }: SourceContext, given: Dict): void {
  const top = topOf(context);
  if (!scopeOf) failSource('this source computes, and nothing here can evaluate', top);
  const unknown = [...given.keys()].map(String).filter((name) => name !== 'plugin' && !OPTIONS.includes(name));
  for (const name of unknown) context.onWarning(`${context.path}: constructed has no option '${name}'`);
  reconcile(inventory);
  const features = readFeatures(given, top);
  const wishes = {
    varsFiles: truthy(given.get('use_vars_plugins') ?? false),
    extraVars: truthy(given.get('use_extra_vars') ?? settings.useExtraVars),
  };
  for (const host of [...inventory.hosts.keys()]) {
    applyFeatures(inventory, host, features, () => scopeOf(inventory, host, wishes));
  }
}
