import { backupArg, fileArgs, validateArg } from './args/common.ts';
import { reportBackup } from './copying/plan-file.ts';
import { defineModule } from './define.ts';
import { ensureBlock } from './editing/block.ts';
import { inspectEdited, planEdit } from './editing/file.ts';
import { decodeText } from './editing/text.ts';
import { withDiffList } from './files/result-diff.ts';
import { wantedOf } from './files/wanted.ts';
import type { Plan } from './types.ts';

export const blockinfile = defineModule({
  name: 'blockinfile',
  collection: 'ansible.builtin',
  summary: 'See that some lines between two marks are in a file, or are not',
  args: {
    ...fileArgs,
    path: { type: 'path', required: true, aliases: ['dest', 'destfile', 'name'], doc: 'File to edit.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether they are to be there.' },
    marker: { type: 'str', default: '# {mark} ANSIBLE MANAGED BLOCK', doc: 'The lines around; {mark} is replaced.' },
    block: { type: 'str', default: '', aliases: ['content'], doc: 'The lines; none removes them.' },
    insertafter: { type: 'str', doc: 'Regular expression of the line after which to insert, or EOF.' },
    insertbefore: { type: 'str', doc: 'Regular expression of the line before which to insert, or BOF.' },
    create: { type: 'bool', default: false, doc: 'Make the file if it is not there.' },
    backup: backupArg,
    validate: validateArg,
    marker_begin: { type: 'str', default: 'BEGIN', doc: 'What {mark} is in the line before.' },
    marker_end: { type: 'str', default: 'END', doc: 'What {mark} is in the line after.' },
    append_newline: { type: 'bool', default: false, doc: 'Have an empty line after the block.' },
    prepend_newline: { type: 'bool', default: false, doc: 'Have an empty line before the block.' },
  },
  rules: { mutuallyExclusive: [['insertbefore', 'insertafter']] },
  prepare(controller) {
    return controller.diffMode;
  },
  inspect(host, args) {
    return inspectEdited(host, args.path, wantedOf(args), args.create);
  },
  plan(args, before, diffMode): Plan {
    const { content, target } = before;
    const present = args.state === 'present';
    if (target.state?.kind === 'directory') {
      return { changes: [], failed: `Path ${args.path} is a directory !`, result: { rc: 256 } };
    }
    if (content === undefined && !args.create) {
      if (!present) return { changes: [], result: { msg: `File ${args.path} not present` } };
      return { changes: [], failed: `Path ${args.path} does not exist !`, result: { rc: 257 } };
    }
    if (content === undefined && !present) return { changes: [], result: { msg: `File ${args.path} not present` } };
    const text = decodeText(content ?? Buffer.alloc(0));
    const given = (value: string | null) => (value === null ? null : text.given(value));
    const mark = (word: string) => text.given(args.marker.replaceAll('{mark}', () => word));
    const edited = ensureBlock(
      text.text,
      {
        block: text.given(args.block),
        begin: mark(args.marker_begin),
        end: mark(args.marker_end),
        insertAfter: given(args.insertafter),
        insertBefore: given(args.insertbefore),
        appendNewline: args.append_newline,
        prependNewline: args.prepend_newline,
      },
      present,
    );
    const msg = content !== undefined && edited === text.text ? '' : messageOf(content, present && args.block !== '');
    const plan = planEdit(before, text.encode(edited), msg, { ...args, wanted: wantedOf(args) });
    return withDiffList(plan, diffMode);
  },
  report(_args, _before, outcomes) {
    return reportBackup(outcomes);
  },
  examples:
    '- blockinfile:\n    path: /etc/ssh/sshd_config\n    block: |\n      Match User backup\n        PermitTTY no',
});

function messageOf(content: Buffer | undefined, inserted: boolean): string {
  if (content === undefined) return 'File created';
  return inserted ? 'Block inserted' : 'Block removed';
}
