import { answeredBy, type Undoing } from '../../engine/journal/undo/order.ts';
import { canUndo, phrase, type Step } from '../../engine/journal/undo/steps.ts';
import type { Taken } from '../../engine/journal/undo/take-back.ts';
import { formatPosition } from '../../engine/model/source.ts';
import type { Found } from './find.ts';

/** How many changes can be taken back, and how many cannot. */
export function headline({ run }: Found, undoing: Undoing): string {
  const { steps, phases } = undoing;
  const able = steps.filter(canUndo).length;
  const final = steps.filter((step) => !canUndo(step) && !answeredBy(step, undoing)).length;
  const cannot = final > 0 ? `, ${final} that cannot` : '';
  const undo = phases.length > 0 ? `, ${phases.length} ${phases.length > 1 ? 'phases' : 'phase'} to undo` : '';
  return `Run ${run.folder.id} (${run.start.playbooks.join(', ')}): ${able} changes to take back${undo}${cannot}\n`;
}

/** What would be done, for people: the undo tasks of phases, then changes by host. */
export function rollbackText(undoing: Undoing): string {
  const { steps, phases } = undoing;
  const lines: string[] = [];
  for (const { phase, hosts, completed } of phases) {
    const partly = completed ? '' : ' (not completed)';
    lines.push(
      `phase ${phase.name}${partly}: its undo tasks, on ${hosts.join(', ')}  [${formatPosition(phase.position)}]`,
    );
  }
  for (const host of new Set(steps.map((step) => step.host))) {
    lines.push(`${host}:`);
    for (const step of steps.filter((one) => one.host === host)) lines.push(`  ${plannedText(step, undoing)}`);
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function plannedText(step: Step, undoing: Undoing): string {
  const answering = answeredBy(step, undoing);
  return answering ? told(step, `left to the undo tasks of phase ${answering.phase.name}`) : stepText(step);
}

function stepText(step: Step): string {
  return told(step, canUndo(step) ? phrase(step) : `cannot be taken back: ${phrase(step)}`);
}

function told({ entry, certain }: Step, what: string): string {
  const doubt = certain ? '' : ' (the run was cut off there)';
  return `${what}${doubt}  [${formatPosition(entry.position)}: ${entry.name}]`;
}

/** How taking a change back ended. */
export function takenText(step: Step, taken: Taken): string {
  return `${wordOf(taken)}: ${step.host}: ${stepText(step)}${'reason' in taken ? `: ${taken.reason}` : ''}\n`;
}

function wordOf({ as }: Taken): string {
  if (as === 'undone') return 'taken back';
  if (as === 'needless') return 'already as before';
  return as === 'drifted' ? 'left alone' : 'FAILED';
}
