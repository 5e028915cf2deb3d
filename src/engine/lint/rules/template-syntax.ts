import { TsplayError } from '../../model/errors.ts';
import type { Position } from '../../model/source.ts';
import { Condition, Template } from '../../template/compile.ts';
import { hasPlugin, unknownPlugin } from '../../template/registry.ts';
import type { Content } from '../content.ts';
import { checkTemplateFile } from '../text/check-file.ts';
import { namesIn } from '../text/names.ts';
import { ordinaryTemplates } from '../text/ordinary.ts';
import { type Parsed, parseDeferred, parseTemplateFile } from '../text/syntax.ts';
import type { Problem, Rule } from '../types.ts';

export const templateSyntax: Rule = {
  name: 'template-syntax',
  severity: 'error',
  docs: {
    what: 'Templates and conditions that cannot be compiled: unclosed braces, filters and tests that do not exist. Files of templates are read wholly.',
    why: 'A run finds it only when it comes there.',
    bad: '- hosts: all\n  tasks:\n    - name: Say it loudly\n      ansible.builtin.debug:\n        msg: "{{ inventory_hostname | uper }}"',
    good: '- hosts: all\n  tasks:\n    - name: Say it loudly\n      ansible.builtin.debug:\n        msg: "{{ inventory_hostname | upper }}"',
  },
  async all(content) {
    const problems: Problem[] = [];
    const attempt = async (work: () => void | Promise<void>, position: Position): Promise<void> => {
      try {
        await work();
      } catch (error) {
        problems.push(problemOf(error, position));
      }
    };
    for (const text of content.texts) {
      const position = text.position ?? UNKNOWN;
      if (text instanceof Template || text instanceof Condition)
        await attempt(() => text.check(content.plugins), position);
      problems.push(...unknownLookups(parseDeferred(text), content));
    }
    for (const file of ordinaryTemplates(content)) {
      await attempt(() => checkTemplateFile(file, content.plugins), { file: file.shown, line: 1, column: 1 });
      problems.push(...unknownLookups(parseTemplateFile(file), content));
    }
    return problems;
  },
};

const UNKNOWN: Position = { file: '<template>', line: 1, column: 1 };

/** Lookups are found when they are used, so that a compiled template says nothing of them. */
function unknownLookups(parsed: Parsed | undefined, { plugins }: Content): Problem[] {
  if (!parsed) return [];
  return namesIn(parsed.tree)
    .lookups.filter(({ name }) => !hasPlugin('lookup', name) && !plugins?.find('lookup', name))
    .map(({ name, offset }) => problemOf(unknownPlugin('lookup', name, plugins), parsed.at(offset)));
}

function problemOf(error: unknown, position: Position): Problem {
  if (!(error instanceof TsplayError)) return { message: (error as Error).message, position };
  return { message: error.message, position: error.position ?? position, hint: error.hint };
}
