import type { Value } from '../../model/value.ts';
import { Namespace } from '../objects.ts';
import type { Frame } from '../runtime/frame.ts';
import type { Target } from '../syntax/ast.ts';
import { fail } from '../values/fail.ts';
import { iterate } from '../values/sequence.ts';

/** Binds a value to a name, a namespace's attribute, or its members to several. */
export function assign(target: Target, value: Value, frame: Frame): void {
  if (target.kind === 'name') {
    frame.set(target.name, value);
    return;
  }
  if (target.kind === 'member') {
    const namespace = frame.lookup(target.object);
    if (!(namespace instanceof Namespace)) fail('cannot assign attribute on non-namespace object');
    (namespace as Namespace).values.set(target.name, value);
    return;
  }
  const items = iterate(value);
  const wanted = target.items.length;
  if (items.length > wanted) fail(`too many values to unpack (expected ${wanted})`);
  if (items.length < wanted) fail(`not enough values to unpack (expected ${wanted}, got ${items.length})`);
  for (const [index, part] of target.items.entries()) assign(part, items[index] as Value, frame);
}
