import { backupArg, fileArgs } from './args/common.ts';
import { defineModule } from './define.ts';
import { backupOf, inspectEdited, planEdit } from './editing/file.ts';
import { editIni } from './editing/ini.ts';
import { wantedOf } from './files/wanted.ts';
import type { Plan } from './types.ts';

export const iniFile = defineModule({
  name: 'ini_file',
  collection: 'community.general',
  summary: 'See that an INI file has an option, or has not',
  args: {
    ...fileArgs,
    path: { type: 'path', required: true, aliases: ['dest'], doc: 'File to edit.' },
    section: { type: 'str', doc: 'Section; none for the lines before the first.' },
    option: { type: 'str', doc: 'Option; none for the whole section.' },
    value: { type: 'str', doc: "The option's value." },
    values: { type: 'list', elements: 'str', doc: 'Its values, where it stands there more than once.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is to be there.' },
    exclusive: { type: 'bool', default: true, doc: 'The option has no other values.' },
    no_extra_spaces: { type: 'bool', default: false, doc: 'Write `a=b` instead of `a = b`.' },
    ignore_spaces: { type: 'bool', default: false, doc: 'Leave lines that differ only in blanks around `=`.' },
    allow_no_value: { type: 'bool', default: false, doc: 'The option may stand there without a value.' },
    modify_inactive_option: { type: 'bool', default: true, doc: 'Use a line that is commented out.' },
    create: { type: 'bool', default: true, doc: 'Make the file if it is not there.' },
    follow: { type: 'bool', default: false, doc: 'Taken for compatibility: links are followed.' },
    backup: backupArg,
  },
  rules: { mutuallyExclusive: [['value', 'values']] },
  inspect: (host, args) => inspectEdited(host, args.path, wantedOf(args), args.create),
  plan(args, before): Plan {
    const { target, content } = before;
    const present = args.state === 'present';
    const values = args.value === null ? (args.values ?? []) : [args.value];
    if (present && !args.allow_no_value && values.length === 0) {
      return {
        changes: [],
        failed: "Parameter 'value(s)' must be defined if state=present and allow_no_value=False.",
      };
    }
    if (target.state?.kind === 'directory') return { changes: [], failed: `Path ${args.path} is a directory !` };
    if (content === undefined && !args.create) {
      return { changes: [], failed: `Destination ${args.path} does not exist!`, result: { rc: 257 } };
    }
    const edited = editIni(linesOf(content?.toString('utf8') ?? ''), {
      section: args.section || null,
      option: args.option || null,
      values: [...new Set(values)],
      present,
      exclusive: args.exclusive,
      noExtraSpaces: args.no_extra_spaces,
      allowNoValue: args.allow_no_value,
      modifyInactive: args.modify_inactive_option,
      ignoreSpaces: args.ignore_spaces,
    });
    const untouched = edited.msg === 'OK' && content !== undefined && (content.length === 0 || content.at(-1) === 10);
    const after = untouched ? content : Buffer.from(edited.lines.join(''));
    const plan = planEdit(before, after, edited.msg, { ...args, wanted: wantedOf(args), validate: null });
    return { ...plan, result: { ...plan.result, msg: edited.msg, path: args.path } };
  },
  report(_args, _before, outcomes) {
    const backup = backupOf(outcomes);
    return backup === '' ? {} : { result: { backup_file: backup } };
  },
  examples: '- ini_file: {path: /etc/app.ini, section: main, option: level, value: "3"}',
});

/** Lines with their ends, the last one too; one empty line for an empty file. A byte order mark is no part of them. */
function linesOf(text: string): string[] {
  const lines = text.replace(/^\ufeff/, '').match(/[^\n]*\n|[^\n]+$/g) ?? ['\n'];
  return lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`));
}
