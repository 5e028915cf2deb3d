import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Value } from '../model/value.ts';
import { dumpJson } from '../template/filters/json/dump.ts';
import { pyStr } from '../template/values.ts';
import { backupArg, fileArgs, validateArg } from './args/common.ts';
import { type Destination, inspectDestination } from './copying/destination.ts';
import { type FileOptions, planFile, reportWrite } from './copying/plan-file.ts';
import { inspectRemoteFile, planRemoteFile, type RemoteFile } from './copying/remote-file.ts';
import { inspectRemoteTree, planRemoteTree, type RemoteTree } from './copying/remote-tree.ts';
import { type Source, sourceOfBytes, sourceOfFile } from './copying/source.ts';
import { inspectTree, planTree, type TreeSource, type TreeState } from './copying/tree.ts';
import { walkTree } from './copying/walk.ts';
import { defineModule } from './define.ts';
import { withDiffList } from './files/result-diff.ts';
import { type WantedArgs, wantedOf } from './files/wanted.ts';
import type { Controller, Plan } from './types.ts';

export const copy = defineModule({
  name: 'copy',
  collection: 'ansible.builtin',
  summary: 'Put a file, a folder or a text onto a host',
  background: 'never',
  args: {
    ...fileArgs,
    src: { type: 'str', doc: 'File or folder of the controller (of the host with `remote_src`).' },
    content: { type: 'raw', unshown: true, doc: 'The text itself; a dict or list is written as JSON.' },
    dest: {
      type: 'path',
      required: true,
      requiredMessage: 'dest is required',
      doc: 'Where to put it; a slash at the end says that it is a folder.',
    },
    backup: backupArg,
    force: { type: 'bool', default: true, doc: 'Replace a file that is there and differs.' },
    validate: validateArg,
    directory_mode: { type: 'raw', doc: 'Permissions of folders that are made.' },
    remote_src: { type: 'bool', default: false, doc: 'The source is on the host already.' },
    local_follow: { type: 'bool', doc: 'Copy what links in the source lead to.' },
    checksum: { type: 'str', doc: 'SHA1 that the source must have.' },
    follow: { type: 'bool', default: false, doc: 'Write through a link at the destination.' },
    decrypt: { type: 'bool', default: true, doc: 'Decrypt a vaulted source.' },
  },
  async prepare(controller, args) {
    return { ...(await readInputs(controller, args)), diffMode: controller.diffMode, checkMode: controller.checkMode };
  },
  async inspect(host, args, inputs) {
    if (inputs.kind === 'wrong') return undefined;
    const { dest, follow } = args;
    if (inputs.kind === 'tree')
      return { kind: 'tree' as const, state: await inspectTree(host, inputs.tree, dest, wantedOf(args)) };
    if (inputs.kind === 'file') {
      const { name, sha1 } = inputs.source;
      const state = await inspectDestination(host, { dest, name, follow, wanted: wantedOf(args), sha1 });
      return { kind: 'file' as const, state };
    }
    const src = await host.expand(args.src ?? '');
    const source = await host.stat(src, { follow: true, checksum: 'sha1' });
    const wanted = wantedOf(args);
    if (source?.kind !== 'directory') {
      return {
        kind: 'remote-file' as const,
        state: await inspectRemoteFile(host, src, source, { dest, follow, wanted }),
      };
    }
    const options = { src, dest, wanted, follow: args.local_follow ?? false, nonce: inputs.nonce };
    return { kind: 'remote-tree' as const, state: await inspectRemoteTree(host, options) };
  },
  plan(args, before, inputs): Plan {
    return withDiffList(planCopy(args, before, inputs), inputs.diffMode);
  },
  report(_args, _before, outcomes) {
    return reportWrite(outcomes);
  },
  examples:
    '- copy: {src: motd, dest: /etc/motd, mode: "0644"}\n- copy: {content: "{{ settings }}", dest: /etc/app.json}',
});

type Before =
  | { readonly kind: 'file'; readonly state: Destination }
  | { readonly kind: 'tree'; readonly state: TreeState }
  | { readonly kind: 'remote-file'; readonly state: RemoteFile }
  | { readonly kind: 'remote-tree'; readonly state: RemoteTree };

function planCopy(args: PlanArgs, before: Before | undefined, inputs: Inputs): Plan {
  if (inputs.kind === 'wrong') return { changes: [], failed: inputs.message };
  const options = { ...args, wanted: wantedOf(args), folderWanted: wantedOf(args, args.directory_mode) };
  switch (before?.kind) {
    case 'tree':
      return inputs.kind === 'tree' ? planTree(inputs.tree, before.state, options) : { changes: [] };
    case 'remote-tree':
      return planRemoteTree(before.state, options.wanted, args.src ?? '');
    case 'remote-file':
      return planRemoteFile(before.state, { ...options, checksum: args.checksum });
    default:
      return before && inputs.kind === 'file' ? planLocal(inputs.source, args, before.state, options) : { changes: [] };
  }
}

type Inputs =
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'file'; readonly source: Source }
  | { readonly kind: 'tree'; readonly tree: TreeSource }
  | { readonly kind: 'remote'; readonly nonce: string };

/** What `mode: preserve` keeps of `content`, as Ansible puts that into a file of its own first. */
const CONTENT_MODE = 0o600;

type PlanArgs = SourceArgs &
  WantedArgs &
  Omit<FileOptions, 'wanted' | 'folderWanted'> & { readonly directory_mode: Value; readonly checksum: string | null };

interface SourceArgs {
  readonly src: string | null;
  readonly content: Value;
  readonly dest: string;
  readonly remote_src: boolean;
  readonly local_follow: boolean | null;
  readonly decrypt: boolean;
}

async function readInputs(controller: Controller, args: SourceArgs): Promise<Inputs> {
  const { src, content, dest } = args;
  if (!src && content === null) return { kind: 'wrong', message: 'src (or content) is required' };
  if (src && content !== null) return { kind: 'wrong', message: 'src and content are mutually exclusive' };
  if (dest === '') return { kind: 'wrong', message: 'dest is required' };
  if (content !== null && dest.endsWith('/'))
    return { kind: 'wrong', message: 'can not use content with a dir as dest' };
  if (content !== null) return { kind: 'file', source: sourceOfBytes(bytesOf(content), '', undefined, CONTENT_MODE) };
  if (args.remote_src) return { kind: 'remote', nonce: randomUUID() };
  const path = withSlash(controller.find('files', src ?? ''), (src ?? '').endsWith('/'));
  if (!statSync(path).isDirectory())
    return { kind: 'file', source: await sourceOfFile(controller, path, args.decrypt) };
  const tree = walkTree(path, args.local_follow ?? true);
  const files = await Promise.all(
    tree.files.map(async (file) => ({ ...(await sourceOfFile(controller, file.from, args.decrypt)), to: file.to })),
  );
  return { kind: 'tree', tree: { ...tree, from: path, files } };
}

function bytesOf(content: Value): Buffer {
  if (content instanceof Uint8Array) return Buffer.from(content);
  return Buffer.from(content instanceof Map || Array.isArray(content) ? dumpJson(content) : pyStr(content));
}

function withSlash(path: string, slash: boolean): string {
  const plain = path.replace(/(?<=.)\/+$/, '');
  return slash ? `${plain}/` : plain;
}

function planLocal(
  source: Source,
  args: { readonly content: Value; readonly checksum: string | null },
  destination: Destination,
  options: FileOptions,
): Plan {
  if (args.content !== null && destination.inFolder) {
    return { changes: [], failed: 'can not use content with a dir as dest' };
  }
  if (args.checksum !== null && args.checksum !== source.sha1) {
    const failed = 'Copied file does not match the expected checksum. Transfer failed.';
    return { changes: [], failed, result: { checksum: source.sha1, expected_checksum: args.checksum } };
  }
  const { wanted } = options;
  const mode = wanted.mode?.kind === 'preserve' ? ({ kind: 'octal', bits: source.mode } as const) : wanted.mode;
  return planFile(source, destination, { ...options, wanted: { ...wanted, mode } });
}
