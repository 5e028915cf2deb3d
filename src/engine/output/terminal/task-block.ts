import { hostDetails } from './details.ts';
import { excerpt } from './excerpt.ts';
import type { Frame } from './frame.ts';
import { fold, hostNames } from './hosts.ts';
import { summaryLines } from './summary.ts';
import type { TaskView } from './view.ts';

const INDENT = '    ';

/** A finished task: one line, and below it what changed, failed or was to be shown, the same for several hosts said once. */
export function taskBlock(view: TaskView, frame: Frame, { alone }: { readonly alone: boolean }): string[] {
  const lines = summaryLines(view, frame, alone);
  const told = view.results.map((result) => {
    const details = hostDetails(result, view.items.get(result.host) ?? [], frame, INDENT);
    return [result, details] as const;
  });
  const groups = fold(
    told
      .filter(([, details]) => details.length > 0)
      .map(([{ host, delegatedTo }, details]) => {
        const label = delegatedTo === undefined || delegatedTo === host ? host : `${host} -> ${delegatedTo}`;
        return [label, details] as const;
      }),
    (details) => details.join('\n'),
  );
  for (const { hosts, value } of groups) {
    if (!alone) lines.push(`  ${frame.theme.strong(hostNames(hosts))}`);
    lines.push(...value);
  }
  return [...lines, ...where(view, frame)];
}

/** The place of a task that cost a host. What may not be seen is not quoted. */
function where({ task, results }: TaskView, frame: Frame): string[] {
  const lost = results.find(({ status, ignored }) => (status === 'failed' || status === 'unreachable') && !ignored);
  if (lost?.status !== 'failed') return [];
  return ['', ...excerpt(task.position, task.noLog ? { ...frame, source: () => undefined } : frame, INDENT), ''];
}
