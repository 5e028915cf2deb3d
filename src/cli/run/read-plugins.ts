import { pythonPluginsIn } from '../../engine/executor/python-plugins.ts';
import type { Playbook, Prepared } from './execute.ts';
import { together } from './mistakes.ts';

/**
 * Loads the filters, tests and lookups that playbooks bring. Throws one TsplayError that tells of all places that name
 * one in Python.
 */
export async function readPlugins(
  playbooks: readonly Playbook[],
  { plugins }: Pick<Prepared, 'plugins'>,
): Promise<void> {
  await plugins.load();
  if (!plugins.anyInPython()) return;
  const errors = pythonPluginsIn(
    playbooks.flatMap((playbook) => playbook.plays),
    plugins,
  );
  if (errors.length > 0) throw together(errors);
}
