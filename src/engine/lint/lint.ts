import { formatPosition, type Position } from '../model/source.ts';
import type { Content } from './content.ts';
import { silenced } from './noqa.ts';
import { ContentReader, type ReadOptions } from './read/reader.ts';
import { findTargets } from './read/targets.ts';
import { RULES } from './rules/index.ts';
import type { Finding, Problem, Rule } from './types.ts';

export interface LintOptions {
  /** How playbooks and roles are read. */
  readonly reading: ReadOptions;
  /** Rules to apply; all that are not optional unless given. */
  readonly rules?: readonly Rule[] | undefined;
}

/**
 * Finds the mistakes in playbooks, roles, tasks, templates and variables that can be known without a host, sorted by
 * place. Nothing that stands in them is evaluated. Throws TsplayError('usage') for a path that is not there.
 */
export async function lintPaths(paths: readonly string[], options: LintOptions): Promise<Finding[]> {
  const content = new ContentReader(options.reading);
  for (const target of findTargets(paths)) content.read(target);
  const findings: Finding[] = content.errors.filter(({ kind }) => kind === 'internal').map(internal);
  for (const rule of options.rules ?? RULES.filter(({ optional }) => !optional)) {
    const { name, severity } = rule;
    for (const problem of await apply(rule, content))
      findings.push({ severity, ...problem, rule: problem.rule ?? name });
  }
  return sorted(findings).filter((finding) => !silenced(finding, content.line(finding.position)));
}

type Applied = Problem & Partial<Pick<Finding, 'rule' | 'severity'>>;

async function apply(rule: Rule, content: Content): Promise<Applied[]> {
  const problems: Applied[] = [];
  const start = { file: '<lint>', line: 1, column: 1 };
  if (rule.all) problems.push(...(await guarded(start, () => rule.all!(content))));
  if (!rule.task) return problems;
  for (const at of content.tasks) {
    problems.push(...(await guarded(at.task.position, () => rule.task!(at, content))));
  }
  return problems;
}

/** A rule that breaks on something breaks on that alone. */
async function guarded(
  position: Position,
  look: () => ReturnType<NonNullable<Rule['all']>>,
): Promise<readonly Applied[]> {
  try {
    return await look();
  } catch (error) {
    return [internal({ message: (error as Error).message, position })];
  }
}

function internal({ message, position }: { message: string; position?: Position | undefined }): Finding {
  return {
    rule: 'internal',
    severity: 'error',
    message,
    position: position ?? { file: '<lint>', line: 1, column: 1 },
    hint: 'this is probably a mistake in tsplay, please report it',
  };
}

/** By place; what was found on several ways (a role in several plays) is said once. */
function sorted(findings: readonly Finding[]): Finding[] {
  const unique = new Map(findings.map((finding) => [keyOf(finding), finding]));
  return [...unique.values()].sort(
    (a, b) =>
      compare(a.position.file, b.position.file) ||
      a.position.line - b.position.line ||
      a.position.column - b.position.column ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

function keyOf({ rule, position, message }: Finding): string {
  return `${formatPosition(position)} ${rule} ${message}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
