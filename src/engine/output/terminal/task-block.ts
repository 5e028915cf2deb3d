import { stripVTControlCharacters } from 'node:util';
import type { HostResult } from '../../model/event.ts';
import { cut, displayWidth } from '../width.ts';
import { hostDetails } from './details.ts';
import { excerpt } from './excerpt.ts';
import type { Frame } from './frame.ts';
import { fold, hostNames } from './hosts.ts';
import { type Naming, summaryLines } from './summary.ts';
import type { TaskView } from './view.ts';

const INDENT = '    ';
const DEEPER = '      ';

/** A finished task: one line, and below it what changed, failed or was to be shown, the same for several hosts said once. */
export function taskBlock(view: TaskView, frame: Frame, naming: Naming): string[] {
  const inPlayOrder = { ...view, results: sorted(view) };
  const inner = { ...frame, width: frame.width - DEEPER.length };
  const told = inPlayOrder.results
    .map((result) => [labelOf(result), hostDetails(result, view.items.get(result.host) ?? [], inner)] as const)
    .filter(([, details]) => details.length > 0);
  const groups = fold(told, (details) => details.join('\n'));
  return [
    ...summaryLines(inPlayOrder, frame, naming),
    ...groups.flatMap(({ hosts, value }) =>
      naming === 'none' ? value.map((line) => INDENT + line) : labelled(hosts, value, frame),
    ),
    ...where(inPlayOrder, frame),
  ];
}

function sorted({ hosts, results }: TaskView): HostResult[] {
  const order = new Map(hosts.map((host, index) => [host, index]));
  return results.toSorted((a, b) => (order.get(a.host) ?? 0) - (order.get(b.host) ?? 0));
}

function labelOf({ host, delegatedTo }: HostResult): string {
  return delegatedTo === undefined || delegatedTo === host ? host : `${host} -> ${delegatedTo}`;
}

/** One line stands beside its hosts, several below them. */
function labelled(hosts: readonly string[], lines: readonly string[], { theme, width }: Frame): string[] {
  const names = cut(hostNames(hosts), width - INDENT.length);
  const [only] = lines;
  const used = INDENT.length + displayWidth(names) + 2 + displayWidth(stripVTControlCharacters(only ?? ''));
  if (lines.length === 1 && used <= width) return [`${INDENT}${theme.strong(names)}  ${only}`];
  return [INDENT + theme.strong(names), ...lines.map((line) => (line === '' ? '' : DEEPER + line))];
}

/** The place of a task that cost a host. What may not be seen is not quoted. */
function where({ task, results }: TaskView, frame: Frame): string[] {
  const failed = results.some(({ status, ignored }) => status === 'failed' && !ignored);
  if (!failed) return [];
  return ['', ...excerpt(task.position, task.noLog ? { ...frame, source: () => undefined } : frame, INDENT), ''];
}
