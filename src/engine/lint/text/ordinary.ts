import { basename } from 'node:path';
import type { Content, TemplateFile } from '../content.ts';

/** Template files that are read with the usual delimiters: those for which a task chooses others are left out. */
export function ordinaryTemplates({ templates, tasks }: Content): TemplateFile[] {
  const others = new Set<string>();
  for (const { task } of tasks) {
    const src = task.args.get('src');
    const changed = [...task.args.keys()].some((name) => /_(start|end)_string$/.test(name));
    if (task.action === 'template' && changed && typeof src === 'string') others.add(basename(src));
  }
  return templates.filter(({ path }) => !others.has(basename(path)));
}
