import { fileArgs } from '../args/common.ts';
import { defineModule } from '../define.ts';
import { wantedOf } from '../files/wanted.ts';
import type { Controller } from '../types.ts';
import type { ArchiveSource } from './archive.ts';
import { inspectArchive } from './inspect.ts';
import { planUnpack, reportUnpack } from './plan.ts';

export const unarchive = defineModule({
  name: 'unarchive',
  collection: 'ansible.builtin',
  summary: 'Unpack an archive on a host',
  background: 'never',
  args: {
    ...fileArgs,
    src: { type: 'path', required: true, doc: 'The archive: on the controller, or with `remote_src` on the host.' },
    dest: { type: 'path', required: true, doc: 'Folder to unpack in.' },
    remote_src: { type: 'bool', default: false, doc: 'It is on the host already, or is an address to fetch it from.' },
    copy: { type: 'bool', default: true, doc: 'Old name of the opposite of `remote_src`.' },
    creates: { type: 'path', doc: 'Do nothing if this path is there.' },
    list_files: { type: 'bool', default: false, doc: 'Return the names of what is in it.' },
    keep_newer: { type: 'bool', default: false, doc: 'Leave files that are newer than those in it.' },
    exclude: { type: 'list', elements: 'str', default: [], doc: 'Patterns of what is left out.' },
    include: { type: 'list', elements: 'str', default: [], doc: 'Only this is unpacked.' },
    extra_opts: { type: 'list', elements: 'str', default: [], doc: 'More options for tar or unzip.' },
    decrypt: { type: 'bool', default: true, doc: 'Decrypt a vaulted archive.' },
    validate_certs: { type: 'bool', default: true, doc: 'Taken for compatibility: certificates are always checked.' },
    io_buffer_size: { type: 'int', default: 65536, doc: 'Taken for compatibility.' },
  },
  rules: { mutuallyExclusive: [['include', 'exclude']] },
  prepare: findSource,
  inspect: (host, args, source) => inspectArchive(host, withRemotePath(source, args.src), args, wantedOf(args)),
  plan: (args, before, source) => planUnpack(args, wantedOf(args), withRemotePath(source, args.src), before),
  report(args, before, outcomes, source) {
    const { changes, result = {} } = planUnpack(args, wantedOf(args), withRemotePath(source, args.src), before);
    return reportUnpack(changes, outcomes, result);
  },
  examples: '- unarchive: {src: app.tar.gz, dest: /opt/app, owner: root}',
});

function findSource(
  controller: Controller,
  args: { readonly src: string; readonly remote_src: boolean; readonly copy: boolean; readonly decrypt: boolean },
): ArchiveSource {
  if (args.remote_src || !args.copy)
    return args.src.includes('://') ? { kind: 'fetched', url: args.src } : { kind: 'there', path: args.src };
  const path = controller.find('files', args.src);
  return { kind: 'sent', path, bytes: controller.readFile(path, args.decrypt) };
}

/** A path of the host is as it sees it: `~` is expanded by then. */
function withRemotePath(source: ArchiveSource, path: string): ArchiveSource {
  return source.kind === 'there' ? { kind: 'there', path } : source;
}
