import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { pyStr } from '../template/values.ts';
import { defineModule } from './define.ts';
import { whyUnseen } from './files/paths.ts';
import type { Controller, Plan } from './types.ts';

export const fetch = defineModule({
  name: 'fetch',
  collection: 'ansible.builtin',
  summary: 'Bring a file of a host to the controller',
  background: 'never',
  args: {
    src: { type: 'raw', required: true, requiredMessage: 'src and dest are required', doc: 'The file of the host.' },
    dest: {
      type: 'str',
      required: true,
      requiredMessage: 'src and dest are required',
      doc: 'Folder for `HOST/PATH`; the file itself with `flat`.',
    },
    flat: { type: 'bool', default: false, doc: 'Put it at `dest` itself; into it, if that ends with a slash.' },
    fail_on_missing: { type: 'bool', default: true, doc: 'Fail if there is no such file.' },
    validate_checksum: { type: 'bool', default: true, doc: 'Compare what came with what is there.' },
  },
  prepare(controller, args) {
    return { ...placeOf(controller, args), checkMode: controller.checkMode };
  },
  async inspect(host, args) {
    const src = await host.expand(pyStr(args.src));
    const [state, read] = await Promise.allSettled([host.stat(src, { follow: true }), host.read(src)]);
    if (state.status === 'rejected') throw state.reason;
    const hidden = state.value === undefined && (await whyUnseen(host, src)) === 'hidden';
    return { src, state: state.value, hidden, content: read.status === 'fulfilled' ? read.value?.content : undefined };
  },
  plan(args, before, inputs): Plan {
    if (inputs.checkMode) return { changes: [], skipped: true, result: { msg: notInCheckMode } };
    if (typeof args.src !== 'string') {
      return { changes: [], failed: 'Invalid type supplied for source option, it must be a string' };
    }
    if (inputs.problem !== undefined) return { changes: [], failed: inputs.problem };
    const { src, state, content } = before;
    const absent = (msg: string) => missing(src, args.fail_on_missing, msg);
    if (before.hidden) return absent(`file is not readable: ${src}`);
    if (!state) return absent('the remote file does not exist, not transferring, ignored');
    if (state.kind === 'directory') {
      const msg = 'remote file is a directory, fetch cannot work on directories';
      return absent(args.fail_on_missing ? msg : `${msg}, not transferring, ignored`);
    }
    if (!content) return absent(`file is not readable: ${src}`);
    const { dest, local, folder } = inputs.locate(src);
    if (folder) {
      const failed = `calculated dest '${dest}' is an existing directory, use another path that does not point to an existing directory`;
      return { changes: [], failed };
    }
    const sums = { checksum: digest('sha1', content), md5sum: digest('md5', content) };
    if (local !== undefined && digest('sha1', local) === sums.checksum) {
      return { changes: [], result: { ...sums, file: src, dest } };
    }
    return {
      changes: [{ kind: 'local-write', summary: `fetch ${src} to ${dest}`, path: dest, bytes: content }],
      result: { ...sums, dest, remote_checksum: sums.checksum, remote_md5sum: null },
    };
  },
  examples: '- fetch: {src: /etc/kubernetes/admin.conf, dest: out/, flat: true}',
});

const notInCheckMode = 'check mode not (yet) supported for this module';

interface Place {
  readonly problem: string | undefined;
  /** The local path for a source, and what is there. */
  locate(src: string): { dest: string; local: Buffer | undefined; folder: boolean };
}

/** Nothing is ever written outside `dest`: neither a host's name nor its path can lead out of it. */
function placeOf(controller: Controller, { dest, flat }: { dest: string; flat: boolean }): Place {
  const expanded = dest.replace(/^~(?=\/|$)/, homedir());
  const base = resolve(controller.scope.world.playbookDir, expanded);
  const { host } = controller;
  const into = flat ? dest.endsWith('/') : true;
  const folder = flat ? base : join(base, host);
  const locate = (src: string) => {
    const inside = flat ? posix.basename(src) : posix.normalize(`/${src}`);
    const path = into ? join(folder, inside) : base;
    return { dest: path, local: readIfFile(path), folder: existsSync(path) && statSync(path).isDirectory() };
  };
  return { problem: problemOf(base, dest, host, flat), locate };
}

function problemOf(base: string, dest: string, host: string, flat: boolean): string | undefined {
  if (flat && !dest.endsWith('/') && existsSync(base) && statSync(base).isDirectory()) {
    return 'dest is an existing directory, use a trailing slash if you want to fetch src into that directory';
  }
  if (flat || (!host.includes('/') && !host.includes('\\') && host !== '.' && host !== '..')) return undefined;
  const path = join(base, host);
  return `Detected directory traversal, expected to be contained in '${base}' but got '${path}'`;
}

function readIfFile(path: string): Buffer | undefined {
  return existsSync(path) && statSync(path).isFile() ? readFileSync(path) : undefined;
}

function missing(src: string, fails: boolean, msg: string): Plan {
  if (!fails) return { changes: [], result: { msg: msg.endsWith(', ignored') ? msg : `${msg}, ignored`, file: src } };
  return { changes: [], failed: msg, result: { file: src } };
}

function digest(kind: 'sha1' | 'md5', content: Buffer): string {
  return createHash(kind).update(content).digest('hex');
}
