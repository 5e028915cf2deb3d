import type { Dict } from '../../model/value.ts';
import { pyStr } from '../../template/values.ts';

/** Longer messages are for who looks at the task itself. */
const LONGEST = 500;

/** What made a phase fail, in a line: the task, and what it said unless `no_log` hides that. */
export function failureText(task: string, hidden: boolean, result: Dict): string {
  const said = hidden ? 'its output is hidden (no_log)' : pyStr(result.get('msg') ?? 'failed').trim();
  const line = (said.split('\n')[0] ?? '').trim();
  return `${task}: ${line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line}`;
}
