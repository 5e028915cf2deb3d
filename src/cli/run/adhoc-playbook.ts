import { join } from 'node:path';

export interface AdHocPlay {
  readonly hosts: string;
  readonly module: string;
  /** `key=value` words, free-form text, or a JSON object. */
  readonly args: string;
  /** Keywords of the task. */
  readonly keywords: Readonly<Record<string, number>>;
  readonly directory: string;
}

/** A playbook of one task: it stands in no file, and only its messages name a place. */
export function adHocPlaybook({ hosts, module, args, keywords, directory }: AdHocPlay): {
  readonly path: string;
  readonly text: string;
} {
  const task = { action: { module, args: fromJson(args) ?? args }, ...keywords };
  const play = { name: 'Ansible Ad-Hoc', hosts, gather_facts: false, tasks: [task] };
  return { path: join(directory, '<ad hoc>'), text: JSON.stringify([play]) };
}

function fromJson(text: string): unknown {
  if (!/^\s*\{.*\}\s*$/s.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Braces may be a template or a command's.
  }
}
