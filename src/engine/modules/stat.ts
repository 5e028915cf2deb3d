import type { Value } from '../model/value.ts';
import { sh } from '../remote/quote.ts';
import type { Completed, HostView } from '../remote/types.ts';
import { defineModule } from './define.ts';
import { statFacts } from './files/facts.ts';
import type { Result } from './types.ts';

const digests = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;

export const stat = defineModule({
  name: 'stat',
  collection: 'ansible.builtin',
  asksOnly: true,
  summary: 'Tell what a path is',
  args: {
    path: { type: 'path', required: true, aliases: ['dest', 'name'], doc: 'The path.' },
    follow: { type: 'bool', default: false, doc: 'Look at what a symbolic link points to.' },
    get_checksum: { type: 'bool', default: true, doc: 'Add the checksum of a file.' },
    checksum_algorithm: {
      type: 'str',
      choices: digests,
      default: 'sha1',
      aliases: ['checksum', 'checksum_algo'],
      doc: 'The kind of checksum.',
    },
    get_mime: { type: 'bool', default: true, aliases: ['mime', 'mime_type', 'mime-type'], doc: 'Add the type.' },
    get_attributes: { type: 'bool', default: true, aliases: ['attr', 'attributes'], doc: 'Add what lsattr says.' },
  },
  async inspect(host, args) {
    const checksum = args.get_checksum ? { checksum: args.checksum_algorithm } : {};
    const [state, more] = await Promise.all([
      host.stat(args.path, { follow: args.follow, ...checksum }),
      lookCloser(host, args.path, args),
    ]);
    return { state, more };
  },
  plan(args, before) {
    const { state, more } = before;
    if (!state) return { changes: [], result: { stat: new Map<Value, Value>([['exists', false]]) } };
    const facts: Result = {
      exists: true,
      path: args.path,
      ...statFacts(state),
      ...readMore(more, args.get_attributes),
    };
    facts['blocks'] = state.blocks;
    if (state.kind === 'link') facts['lnk_target'] = state.target ?? '';
    else delete facts['lnk_source'];
    if (state.checksum !== undefined && args.get_checksum) facts['checksum'] = state.checksum;
    return { changes: [], result: { stat: new Map<Value, Value>(Object.entries(facts)) } };
  },
  examples: '- stat: {path: /etc/motd}\n  register: motd\n- debug: {msg: "{{ motd.stat.exists }}"}',
});

/** What FileState does not hold, as NUL-ended fields. */
function lookCloser(
  host: HostView,
  path: string,
  {
    follow,
    get_mime: mime,
    get_attributes: attributes,
  }: { follow: boolean; get_mime: boolean; get_attributes: boolean },
): Promise<Completed> {
  const link = follow ? sh`-L` : sh``;
  const type = mime
    ? sh`if command -v file >/dev/null 2>&1; then file --brief ${link} --mime-type --mime-encoding -- "$p" 2>/dev/null; else echo unknown; fi`
    : sh`:`;
  const flags = attributes ? sh`lsattr -vd -- "$p" 2>/dev/null` : sh`:`;
  const nul = sh`printf '\000'`;
  return host.query(
    sh`p=${path}; [ -r "$p" ] && printf r; [ -w "$p" ] && printf w; [ -x "$p" ] && printf x; ${nul}; readlink -f -- "$p"; ${nul}; stat ${link} -c '%o|%t|%T' -- "$p" 2>/dev/null; ${nul}; ${type}; ${nul}; ${flags}; ${nul}`,
  );
}

function readMore({ stdout }: Completed, withFlags: boolean): Result {
  const [access = '', source = '', device = '', type = '', attributes = ''] = stdout.toString().split('\0');
  const [blockSize, major = '0', minor = '0'] = device.trim().split('|');
  return {
    readable: access.includes('r'),
    writeable: access.includes('w'),
    executable: access.includes('x'),
    lnk_source: source.replace(/\n$/, ''),
    ...(blockSize ? { block_size: Number(blockSize) } : {}),
    device_type: Number.parseInt(major, 16) * 256 + Number.parseInt(minor, 16),
    ...readType(type.trim()),
    ...(withFlags ? readAttributes(attributes.trim()) : {}),
  };
}

function readType(type: string): Result {
  if (type === '') return {};
  const [mimetype = 'unknown', charset] = type.split(/;\s*/);
  return { mimetype, charset: charset?.replace(/^charset=/, '') ?? 'unknown' };
}

const flagNames: Readonly<Record<string, string>> = {
  A: 'noatime',
  a: 'append',
  c: 'compressed',
  C: 'nocow',
  d: 'nodump',
  D: 'dirsync',
  e: 'extents',
  E: 'encrypted',
  h: 'blocksize',
  i: 'immutable',
  I: 'indexed',
  j: 'journalled',
  N: 'inline',
  s: 'zero',
  S: 'synchronous',
  t: 'notail',
  T: 'blockroot',
  u: 'undelete',
  X: 'compressedraw',
  Z: 'compresseddirty',
};

/** `123 --------------e------- /path` */
function readAttributes(line: string): Result {
  const [, version, flags = ''] = /^(\d+)\s+(\S+)/.exec(line) ?? [];
  const letters = flags.replaceAll('-', '');
  return {
    version: version ?? null,
    attr_flags: letters,
    attributes: [...letters].flatMap((letter) => flagNames[letter] ?? []),
  };
}
