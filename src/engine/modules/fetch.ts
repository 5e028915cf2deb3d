import { pyStr } from '../template/values.ts';
import { lookLocally, placeOf } from './copying/local-place.ts';
import { defineModule } from './define.ts';
import { whyUnseen } from './files/paths.ts';
import { textOf } from './run-change.ts';
import type { Plan } from './types.ts';

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
    return { place: placeOf(controller, args), checkMode: controller.checkMode };
  },
  async inspect(host, args, { place }) {
    const src = await host.expand(pyStr(args.src));
    const dest = place.of(src);
    const [state, local] = await Promise.all([
      host.stat(src, { follow: true, checksum: 'sha1' }),
      place.problem === undefined ? lookLocally(dest) : ({ kind: 'absent' } as const),
    ]);
    const hidden = state === undefined && (await whyUnseen(host, src)) === 'hidden';
    return { src, state, hidden, dest, local };
  },
  plan(args, { src, state, hidden, dest, local }, inputs): Plan {
    if (inputs.checkMode) return { changes: [], skipped: true, result: { msg: notInCheckMode } };
    if (typeof args.src !== 'string') {
      return { changes: [], failed: 'Invalid type supplied for source option, it must be a string' };
    }
    const absent = (msg: string) => missing(src, args.fail_on_missing, msg);
    if (hidden) return absent(`file is not readable: ${src}: Permission denied`);
    if (!state) return absent('the remote file does not exist, not transferring, ignored');
    if (state.kind === 'directory') {
      const msg = 'remote file is a directory, fetch cannot work on directories';
      return absent(args.fail_on_missing ? msg : `${msg}, not transferring, ignored`);
    }
    if (state.checksum === undefined) return absent(`file is not readable: ${src}`);
    if (inputs.place.problem !== undefined) return { changes: [], failed: inputs.place.problem };
    if (local.kind === 'directory') {
      const failed = `calculated dest '${dest}' is an existing directory, use another path that does not point to an existing directory`;
      return { changes: [], failed };
    }
    const { checksum } = state;
    if (local.kind === 'file' && local.sha1 === checksum) {
      return { changes: [], result: { checksum, md5sum: local.md5, file: src, dest } };
    }
    const sha1 = args.validate_checksum ? checksum : undefined;
    return {
      changes: [{ kind: 'download', summary: `fetch ${src} to ${dest}`, from: src, path: dest, sha1 }],
      result: { checksum, dest, remote_checksum: checksum, remote_md5sum: null },
    };
  },
  report(_args, { src }, [outcome]): Partial<Omit<Plan, 'changes'>> {
    if (!outcome) return {};
    const { digests } = outcome;
    if (digests) return { result: { checksum: digests.sha1, md5sum: digests.md5 } };
    return { failed: textOf(outcome.stderr), result: { file: src } };
  },
  examples: '- fetch: {src: /etc/kubernetes/admin.conf, dest: out/, flat: true}',
});

const notInCheckMode = 'check mode not (yet) supported for this module';

function missing(src: string, fails: boolean, msg: string): Plan {
  if (!fails) return { changes: [], result: { msg: msg.endsWith(', ignored') ? msg : `${msg}, ignored`, file: src } };
  return { changes: [], failed: msg, result: { file: src } };
}
