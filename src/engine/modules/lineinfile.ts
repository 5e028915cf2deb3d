import { backupArg, fileArgs, validateArg } from './args/common.ts';
import { defineModule } from './define.ts';
import { backupOf, inspectEdited, planEdit } from './editing/file.ts';
import { dropLines, ensureLine } from './editing/line.ts';
import { decodeText, linesOf } from './editing/text.ts';
import { withDiffList } from './files/result-diff.ts';
import { wantedOf } from './files/wanted.ts';
import type { Plan } from './types.ts';

export const lineinfile = defineModule({
  name: 'lineinfile',
  collection: 'ansible.builtin',
  summary: 'See that a line is in a file, or is not',
  args: {
    ...fileArgs,
    path: { type: 'path', required: true, aliases: ['dest', 'destfile', 'name'], doc: 'File to edit.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether the line is to be there.' },
    regexp: { type: 'str', aliases: ['regex'], doc: 'Regular expression of the line to replace or remove.' },
    search_string: { type: 'str', doc: 'Text that the line to replace or remove holds.' },
    line: { type: 'str', aliases: ['value'], doc: 'The line.' },
    insertafter: { type: 'str', doc: 'Regular expression of the line after which to insert, or EOF.' },
    insertbefore: { type: 'str', doc: 'Regular expression of the line before which to insert, or BOF.' },
    backrefs: { type: 'bool', default: false, doc: 'Groups of `regexp` may be used in `line`.' },
    create: { type: 'bool', default: false, doc: 'Make the file if it is not there.' },
    backup: backupArg,
    firstmatch: { type: 'bool', default: false, doc: 'Take the first line that fits instead of the last.' },
    validate: validateArg,
  },
  rules: {
    mutuallyExclusive: [
      ['insertbefore', 'insertafter'],
      ['regexp', 'search_string'],
      ['backrefs', 'search_string'],
    ],
  },
  prepare(controller) {
    return controller.diffMode;
  },
  inspect(host, args) {
    return inspectEdited(host, args.path, wantedOf(args), args.create && args.state === 'present');
  },
  plan(args, before, diffMode): Plan {
    const { target, content } = before;
    const wrong = wrongArguments(args);
    if (wrong !== undefined) return { changes: [], failed: wrong };
    if (target.state?.kind === 'directory') {
      return { changes: [], failed: `Path ${args.path} is a directory !`, result: { rc: 256 } };
    }
    const warnings = emptyPatterns(args);
    if (content === undefined && args.state === 'absent') return { changes: [], result: { msg: 'file not present' } };
    if (content === undefined && !args.create) {
      return { changes: [], failed: `Destination ${args.path} does not exist !`, result: { rc: 257 } };
    }
    const text = decodeText(content ?? Buffer.alloc(0));
    const given = (value: string | null) => (value === null ? null : text.given(value));
    const lines = linesOf(text.text);
    const options = { ...args, wanted: wantedOf(args) };
    const patterns = { regexp: given(args.regexp), searchString: given(args.search_string) };
    if (args.state === 'absent') {
      const dropped = dropLines(lines, { ...patterns, line: given(args.line) });
      const msg = dropped.found > 0 ? `${dropped.found} line(s) removed` : '';
      const plan = planEdit(before, text.encode(dropped.lines.join('')), msg, options);
      return withDiffList(
        { ...plan, warnings, result: { ...plan.result, found: dropped.found, backup: '' } },
        diffMode,
      );
    }
    const edited = ensureLine(lines, {
      ...patterns,
      line: text.given(args.line ?? ''),
      insertAfter: given(args.insertafter) ?? (args.insertbefore === null ? 'EOF' : null),
      insertBefore: given(args.insertbefore),
      backrefs: args.backrefs,
      firstMatch: args.firstmatch,
    });
    const plan = planEdit(before, text.encode(edited.lines.join('')), edited.msg, options);
    return withDiffList({ ...plan, warnings, result: { ...plan.result, backup: '' } }, diffMode);
  },
  report(_args, _before, outcomes) {
    return { result: { backup: backupOf(outcomes) } };
  },
  examples: '- lineinfile: {path: /etc/hosts, regexp: "^10\\\\.0\\\\.0\\\\.5 ", line: "10.0.0.5 db"}',
});

interface LineArgs {
  readonly state: 'present' | 'absent';
  readonly line: string | null;
  readonly regexp: string | null;
  readonly search_string: string | null;
  readonly backrefs: boolean;
}

function wrongArguments(args: LineArgs): string | undefined {
  if (args.state === 'present') {
    if (args.backrefs && args.regexp === null) return 'regexp is required with backrefs=true';
    return args.line === null ? 'line is required with state=present' : undefined;
  }
  const some = args.regexp ?? args.search_string ?? args.line;
  return some === null ? 'one of line, search_string, or regexp is required with state=absent' : undefined;
}

function emptyPatterns({ regexp, search_string: text }: LineArgs): string[] {
  const all = 'is an empty string, which will match every line in the file.';
  const danger =
    'This may have unintended consequences, such as replacing the last line in the file rather than appending.';
  const way = "If this is desired, use '^' to match every line in the file and avoid this warning.";
  if (regexp === '') return [`The regular expression ${all} ${danger} ${way}`];
  return text === '' ? [`The search string ${all} ${danger}`] : [];
}
