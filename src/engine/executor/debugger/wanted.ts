import type { VarScope } from '../../vars/scope.ts';
import { flag, text } from '../keywords.ts';
import type { PlayState } from '../play-state.ts';
import type { TaskAt } from '../task-at.ts';
import type { HostOutcome } from '../task-run.ts';

/** Whether somebody is to look at what a task gave: `debugger`, else the strategy or the setting. */
export function wantsDebugger(
  { debugging, run }: PlayState,
  { task, frame }: TaskAt,
  scope: VarScope,
  { status }: HostOutcome,
): boolean {
  const when = text(task, frame.play, 'debugger', scope);
  if (when === undefined && !debugging) return false;
  const ignored = run.settings.debuggerIgnoresErrors && (flag(task, frame.play, 'ignore_errors', scope) ?? false);
  const failed = status === 'failed' && !ignored;
  switch (when) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'on_failed':
      if (failed) return true;
      break;
    case 'on_unreachable':
      if (status === 'unreachable') return true;
      break;
    case 'on_skipped':
      if (status === 'skipped' || status === 'unknown') return true;
  }
  return debugging && (failed || status === 'unreachable');
}
