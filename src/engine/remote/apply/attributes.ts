import type { Runner } from '../runner.ts';
import type { Applied, ChangeOf } from './apply.ts';
import { attributeSteps, inOrder } from './attribute-script.ts';

/** Gives a path, or all below a folder, its owner, group, mode and the rest. */
export function applyAttributes(change: ChangeOf<'attributes'>, runner: Runner): Promise<Applied> {
  const link = !change.follow && change.before.kind === 'link';
  const steps = attributeSteps(change.path, change.attributes, { link, recurse: change.recurse ?? false });
  return runner.script(inOrder(steps));
}
