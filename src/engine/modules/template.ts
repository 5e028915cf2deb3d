import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { isVaultedFile } from '../template/vaulted-file.ts';
import { backupArg, fileArgs, validateArg } from './args/common.ts';
import { inspectDestination } from './copying/destination.ts';
import { planFile, reportWrite } from './copying/plan-file.ts';
import { sourceOfBytes } from './copying/source.ts';
import { defineModule } from './define.ts';
import { encodingOf } from './files/encoding.ts';
import { withDiffList } from './files/result-diff.ts';
import { wantedOf } from './files/wanted.ts';

export const template = defineModule({
  name: 'template',
  collection: 'ansible.builtin',
  summary: 'Put a rendered template onto a host',
  background: 'never',
  args: {
    ...fileArgs,
    src: { type: 'str', required: true, doc: 'The template.' },
    dest: { type: 'path', required: true, doc: 'Where to put it.' },
    backup: backupArg,
    force: { type: 'bool', default: true, doc: 'Replace a file that is there and differs.' },
    follow: { type: 'bool', default: false, doc: 'Write through a link at the destination.' },
    validate: validateArg,
    newline_sequence: {
      type: 'str',
      default: '\n',
      choices: ['\n', '\r', '\r\n', '\\n', '\\r', '\\r\\n'],
      doc: 'How lines end.',
    },
    trim_blocks: { type: 'bool', default: true, doc: 'Drop the newline after a block.' },
    lstrip_blocks: { type: 'bool', default: false, doc: 'Drop blanks before a block.' },
    block_start_string: { type: 'str', default: '{%', doc: 'What opens a block.' },
    block_end_string: { type: 'str', default: '%}', doc: 'What closes a block.' },
    variable_start_string: { type: 'str', default: '{{', doc: 'What opens a print.' },
    variable_end_string: { type: 'str', default: '}}', doc: 'What closes a print.' },
    comment_start_string: { type: 'str', default: '{#', doc: 'What opens a comment.' },
    comment_end_string: { type: 'str', default: '#}', doc: 'What closes a comment.' },
    output_encoding: { type: 'str', default: 'utf-8', doc: 'Encoding of the file.' },
  },
  async prepare(controller, args) {
    const path = controller.find('templates', args.src);
    const text = await controller.renderFile(path, {
      newlineSequence: args.newline_sequence.replace('\\n', '\n').replace('\\r', '\r'),
      trimBlocks: args.trim_blocks,
      lstripBlocks: args.lstrip_blocks,
      blockStart: args.block_start_string,
      blockEnd: args.block_end_string,
      variableStart: args.variable_start_string,
      variableEnd: args.variable_end_string,
      commentStart: args.comment_start_string,
      commentEnd: args.comment_end_string,
    });
    const bytes = Buffer.from(text, encodingOf(args.output_encoding));
    const plain = sourceOfBytes(bytes, basename(path), path, statSync(path).mode & 0o7777);
    const source = { ...plain, secret: isVaultedFile(path) };
    return { source, diffMode: controller.diffMode, checkMode: controller.checkMode };
  },
  inspect(host, args, { source }) {
    const { dest, follow } = args;
    return inspectDestination(host, { dest, name: source.name, follow, wanted: wantedOf(args), sha1: source.sha1 });
  },
  plan(args, destination, { source, diffMode, checkMode }) {
    const wanted = wantedOf(args);
    const mode = wanted.mode?.kind === 'preserve' ? ({ kind: 'octal', bits: source.mode } as const) : wanted.mode;
    const options = { ...args, checkMode, wanted: { ...wanted, mode }, folderWanted: wantedOf(args, null) };
    return withDiffList(planFile(source, destination, options), diffMode);
  },
  report(_args, _before, outcomes) {
    return reportWrite(outcomes);
  },
  examples: '- template: {src: app.conf.j2, dest: /etc/app.conf, owner: root, mode: "0644"}\n  notify: restart app',
});
