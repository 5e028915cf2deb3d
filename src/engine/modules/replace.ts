import { TsplayError } from '../model/errors.ts';
import { search, subn } from '../template/regex.ts';
import { backupArg, fileArgs, validateArg } from './args/common.ts';
import { reportBackup } from './copying/plan-file.ts';
import { defineModule } from './define.ts';
import { inspectEdited, planEdit } from './editing/file.ts';
import { encodingOf } from './files/encoding.ts';
import { withDiff } from './files/result-diff.ts';
import { wantedOf } from './files/wanted.ts';
import type { Plan } from './types.ts';

export const replace = defineModule({
  name: 'replace',
  collection: 'ansible.builtin',
  summary: 'Replace all matches of a regular expression in a file',
  args: {
    ...fileArgs,
    path: { type: 'path', required: true, aliases: ['dest', 'destfile', 'name'], doc: 'File to edit.' },
    regexp: { type: 'str', required: true, doc: 'What to replace; `^` and `$` stand for the ends of lines.' },
    replace: { type: 'str', default: '', doc: 'What to put there; groups as `\\1`.' },
    after: { type: 'str', doc: 'Replace only behind what fits this.' },
    before: { type: 'str', doc: 'Replace only ahead of what fits this.' },
    backup: backupArg,
    validate: validateArg,
    encoding: { type: 'str', default: 'utf-8', doc: 'Encoding of the file.' },
  },
  prepare(controller) {
    return controller.diffMode;
  },
  inspect(host, args) {
    return inspectEdited(host, args.path, wantedOf(args), false);
  },
  plan(args, before, diffMode): Plan {
    const { content, target } = before;
    if (target.state?.kind === 'directory') {
      return { changes: [], failed: `Path ${args.path} is a directory !`, result: { rc: 256 } };
    }
    if (content === undefined) {
      return { changes: [], failed: `Path ${args.path} does not exist !`, result: { rc: 257 } };
    }
    const encoding = encodingOf(args.encoding);
    const text = content.toString(encoding);
    const section = findSection(text, args);
    if ('missing' in section) {
      const msg = `Pattern for before/after params did not match the given file: ${section.missing}`;
      return { changes: [], result: { msg, rc: 0 } };
    }
    const { start, end } = section;
    const done = substitute(args.regexp, args.replace, text.slice(start, end));
    if ('problem' in done) return { changes: [], failed: done.problem };
    const edited = text.slice(0, start) + done.text + text.slice(end);
    const msg = edited === text ? '' : `${done.count} replacements made`;
    // Bytes that the encoding cannot hold stay, where nothing was replaced.
    const after = edited === text ? content : Buffer.from(edited, encoding);
    const plan = planEdit(before, after, msg, { ...args, wanted: wantedOf(args), header: args.path });
    return withDiff({ ...plan, result: { ...plan.result, rc: 0 } }, diffMode);
  },
  report(_args, _before, outcomes) {
    return reportBackup(outcomes);
  },
  examples: '- replace: {path: /etc/fstab, regexp: "^(.*\\\\sswap\\\\s.*)$", replace: "# \\\\1"}',
});

/** A pattern or replacement that is wrong is the task's failure, in Ansible's words. */
function substitute(
  pattern: string,
  replacement: string,
  text: string,
): { text: string; count: number } | { problem: string } {
  try {
    return subn(pattern, replacement, text, 0, { multiline: true });
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    return { problem: `Unable to process replace due to error: ${error.message}` };
  }
}

type Section = { readonly start: number; readonly end: number } | { readonly missing: string };

/** The part of the text between `after` and `before`. */
function findSection(text: string, { after, before }: { after: string | null; before: string | null }): Section {
  if (!after && !before) return { start: 0, end: text.length };
  const pattern = before
    ? `${after ?? ''}(?P<subsection>.*${after ? '?' : ''})${before}`
    : `${after}(?P<subsection>.*)`;
  // Where the part ends is told by what follows it, so that is made a group too.
  const asked = before ? `${pattern.slice(0, pattern.length - before.length)}(?P<subsection_end>${before})` : pattern;
  const found = search(asked, text, { dotall: true });
  if (!found) return { missing: pattern };
  const group = (name: string) => found.groups[found.names.get(name) ?? -1]?.length ?? 0;
  const end = found.end - group('subsection_end');
  return { start: end - group('subsection'), end };
}
