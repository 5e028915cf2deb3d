import { randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TsplayError } from '../model/errors.ts';
import type { HostView } from '../remote/types.ts';
import { search } from '../template/regex.ts';
import { isVaultedFile } from '../template/vaulted-file.ts';
import { backupArg, fileArgs, validateArg } from './args/common.ts';
import { inspectDestination } from './copying/destination.ts';
import { planFile, reportBackup } from './copying/plan-file.ts';
import { sourceOfBytes } from './copying/source.ts';
import { defineModule } from './define.ts';
import { basename } from './files/paths.ts';
import { withDiff } from './files/result-diff.ts';
import { wantedOf } from './files/wanted.ts';
import { scanFolder } from './finding/scan.ts';
import type { Controller, Plan } from './types.ts';

export const assemble = defineModule({
  name: 'assemble',
  collection: 'ansible.builtin',
  summary: 'Make one file of the files of a folder',
  background: 'never',
  args: {
    ...fileArgs,
    src: { type: 'str', required: true, doc: 'Folder of the pieces.' },
    dest: { type: 'path', required: true, doc: 'The file to make.' },
    delimiter: { type: 'str', doc: 'Text between pieces.' },
    remote_src: { type: 'bool', default: true, doc: 'The folder is on the host.' },
    regexp: { type: 'str', doc: 'Regular expression that names of pieces must fit.' },
    ignore_hidden: { type: 'bool', default: false, doc: 'Leave out names that start with a dot.' },
    validate: validateArg,
    backup: backupArg,
    decrypt: { type: 'bool', default: true, doc: 'Decrypt vaulted pieces.' },
    follow: { type: 'bool', default: false, doc: 'Write through a link at the destination.' },
  },
  prepare(controller, args) {
    const files = args.remote_src ? undefined : localFiles(controller, args);
    const pieces = files?.map((path) => controller.readFile(path, args.decrypt));
    return {
      local: pieces && assembled(pieces, args),
      secret: args.decrypt && (files ?? []).some(isVaultedFile),
      diffMode: controller.diffMode,
    };
  },
  async inspect(host, args, inputs) {
    const bytes = inputs.local ?? assembled(await remotePieces(host, args), args);
    const source = { ...sourceOfBytes(bytes, basename(args.dest), args.src), secret: inputs.secret };
    const options = {
      dest: args.dest,
      name: source.name,
      follow: args.follow,
      wanted: wantedOf(args),
      sha1: source.sha1,
    };
    return { source, destination: await inspectDestination(host, options) };
  },
  plan(args, before, inputs): Plan {
    const options = { ...args, force: true, wanted: wantedOf(args), folderWanted: wantedOf(args, null) };
    const plan = planFile(before.source, before.destination, options);
    return withDiff({ ...plan, result: { ...plan.result, src: args.src, msg: 'OK' } }, inputs.diffMode);
  },
  report(_args, _before, outcomes) {
    return reportBackup(outcomes);
  },
  examples: '- assemble: {src: /etc/app/conf.d, dest: /etc/app/app.conf}',
});

interface PieceOptions {
  readonly src: string;
  readonly regexp: string | null;
  readonly ignore_hidden: boolean;
}

function isPiece(name: string, { regexp, ignore_hidden: skipHidden }: PieceOptions): boolean {
  return !(skipHidden && name.startsWith('.')) && (regexp === null || search(regexp, name) !== null);
}

function localFiles(controller: Controller, options: PieceOptions): string[] {
  const folder = controller.find('files', options.src);
  if (!statSync(folder).isDirectory()) throw new TsplayError('module', `Source (${folder}) is not a directory`);
  const names = readdirSync(folder)
    .sort()
    .filter((name) => isPiece(name, options));
  return names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
}

async function remotePieces(host: HostView, options: PieceOptions): Promise<Buffer[]> {
  const src = await host.expand(options.src);
  const nonce = randomUUID();
  const [state, scan] = await Promise.all([
    host.stat(src, { follow: true }),
    scanFolder(host, src, { depth: 1, follow: true, nonce }),
  ]);
  if (!state) throw new TsplayError('module', `Source (${src}) does not exist`);
  if (state.kind !== 'directory') throw new TsplayError('module', `Source (${src}) is not a directory`);
  const pieces = scan.entries.filter((entry) => entry.kind === 'file' || entry.kind === 'link');
  const wanted = pieces.map((entry) => entry.path).filter((path) => isPiece(basename(path), options));
  const read = await Promise.all(wanted.sort().map((path) => host.read(path)));
  return read.flatMap((piece) => piece?.content ?? []);
}

/** Pieces end with a newline, and so does the delimiter. */
function assembled(pieces: readonly Buffer[], { delimiter }: { delimiter: string | null }): Buffer {
  const parts: Buffer[] = [];
  const newline = Buffer.from('\n');
  for (const [index, piece] of pieces.entries()) {
    const last = pieces[index - 1];
    if (last && last.at(-1) !== 10) parts.push(newline);
    if (last && delimiter) {
      const text = readEscapes(delimiter);
      parts.push(Buffer.from(text.endsWith('\n') ? text : `${text}\n`));
    }
    parts.push(piece);
  }
  return Buffer.concat(parts);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };

function readEscapes(text: string): string {
  return text.replaceAll(/\\([nrt\\])/g, (_, letter: string) => escapes[letter]!);
}
