import type { Finding } from './types.ts';

const COMMENT = /[#\s]noqa:\s*([\w-]+(?:[\s,]+[\w-]+)*)\s*(?:#\})?\s*$/;

/** Whether a comment at the end of the line, `# noqa: RULE` (or `{# noqa: RULE #}` in a template), silences the finding. */
export function silenced({ rule }: Pick<Finding, 'rule'>, line: string): boolean {
  const names = COMMENT.exec(line)?.[1]?.split(/[\s,]+/) ?? [];
  return names.includes(rule);
}
