import { pythonKeywordsIn } from '../../engine/executor/python-keywords.ts';
import { pythonPluginsIn, pythonPluginsInTemplates } from '../../engine/executor/python-plugins.ts';
import type { TsplayError } from '../../engine/model/errors.ts';
import { together } from './mistakes.ts';
import type { Playbook, Prepared } from './prepare.ts';

/**
 * Loads the filters, tests and lookups that playbooks bring. Throws one TsplayError that tells of all places that name
 * one in Python.
 */
export async function readPlugins(
  playbooks: readonly Playbook[],
  { plugins, emit }: Pick<Prepared, 'plugins' | 'emit'>,
): Promise<void> {
  await plugins.load();
  const plays = playbooks.flatMap((playbook) => playbook.plays);
  const errors = [
    ...pythonKeywordsIn(plays, plugins),
    ...(plugins.anyInPython() ? pythonPluginsIn(plays, plugins) : []),
  ];
  if (errors.length > 0) throw together(errors.sort(byPlace));
  if (!plugins.anyInPython()) return;
  for (const { message, position } of pythonPluginsInTemplates(plays, plugins)) {
    emit({ type: 'warning', message, ...(position ? { position } : {}) });
  }
}

function byPlace({ position: a }: TsplayError, { position: b }: TsplayError): number {
  if (!a || !b) return 0;
  return a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;
}
