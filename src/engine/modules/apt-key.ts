import { sh } from '../remote/quote.ts';
import { fetchScript } from './apt/fetch.ts';
import { defineModule } from './define.ts';
import { failedChange, runChange, textOf } from './run-change.ts';
import { linesOf } from './text-file.ts';
import type { Plan } from './types.ts';

interface AptKeyArgs {
  readonly id: string | null;
  readonly url: string | null;
  readonly data: string | null;
  readonly file: string | null;
  readonly keyring: string | null;
  readonly keyserver: string | null;
  readonly state: 'absent' | 'present';
}

interface AptKeyState {
  /** Fingerprints that apt trusts. */
  readonly trusted: readonly string[];
  /** Of the key that is given, where it says so itself. */
  readonly given: string | undefined;
  readonly problem: string | undefined;
}

const mark = '\x1e\n';

export const aptKey = defineModule({
  name: 'apt_key',
  collection: 'ansible.builtin',
  summary: 'Manage the keys that apt trusts',
  args: {
    id: { type: 'str', doc: 'Id or fingerprint of the key.' },
    url: { type: 'str', doc: 'Where the key is fetched from, by the host.' },
    data: { type: 'str', doc: 'The key itself.' },
    file: { type: 'path', doc: 'A file of the host that holds the key.' },
    keyring: { type: 'path', doc: 'Keyring to use, in /etc/apt/trusted.gpg.d.' },
    keyserver: { type: 'str', doc: 'Key server that the key with the id is fetched from.' },
    validate_certs: { type: 'bool', default: true, doc: 'Taken for compatibility: certificates are always checked.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether it is trusted.' },
  },
  rules: { mutuallyExclusive: [['data', 'file', 'keyserver', 'url']] },
  async inspect(host, args): Promise<AptKeyState> {
    const ring = args.keyring === null ? [] : ['--keyring', args.keyring];
    const source =
      args.id !== null
        ? sh`:`
        : args.data !== null
          ? sh`cat`
          : args.file !== null
            ? sh`cat -- ${args.file}`
            : fetchKey(args.url);
    const script = sh`for c in apt-key gpg; do command -v $c >/dev/null || { echo "Failed to find required executable \"$c\" in paths" >&2; exit 9; }; done
# gpg wants a folder of its own even to look at a key
export LC_ALL=C; GNUPGHOME=$(mktemp -d) || exit 1; export GNUPGHOME; trap 'rm -rf "$GNUPGHOME"' EXIT
${source} | gpg --no-options --no-default-keyring --show-keys --with-colons --fingerprint 2>/dev/null; printf '\036\n'
apt-key ${ring} adv --list-public-keys --keyid-format=long --with-colons 2>/dev/null; :`;
    const stdin = args.data === null ? {} : { stdin: Buffer.from(args.data) };
    const { rc, stdout, stderr } = await host.query(script, stdin);
    const [given = '', trusted = ''] = stdout.toString('utf8').split(mark);
    return {
      trusted: fingerprints(trusted),
      given: fingerprints(given)[0],
      problem: rc === 0 ? undefined : stderr.toString('utf8').trim(),
    };
  },
  plan: planKey,
  report(args, before, outcomes) {
    const failure = failedChange(planKey(args, before).changes, outcomes);
    return failure ? { failed: textOf(failure.outcome.stderr) || 'error fetching the key' } : {};
  },
});

function fetchKey(url: string | null) {
  return url === null ? sh`:` : fetchScript(url);
}

/** Fingerprints of primary keys in gpg's colon format. */
function fingerprints(text: string): string[] {
  const lines = linesOf(text).map((line) => line.split(':'));
  return lines.flatMap((fields, index) => {
    const isPrimary =
      fields[0] === 'fpr' &&
      lines.slice(0, index).findLast(([kind]) => kind === 'pub' || kind === 'sub')?.[0] === 'pub';
    return isPrimary && fields[9] ? [fields[9]] : [];
  });
}

function planKey(args: AptKeyArgs, { trusted, given, problem }: AptKeyState): Plan {
  if (problem !== undefined) return { changes: [], failed: problem };
  if (args.id === null && args.keyserver !== null)
    return { changes: [], failed: 'Missing key_id, required with keyserver.' };
  const id = (args.id ?? given ?? '').replace(/^0x/i, '').replaceAll(' ', '').toUpperCase();
  if (!/^([0-9A-F]{8}|[0-9A-F]{16,})$/.test(id)) return { changes: [], failed: 'Invalid key_id' };
  const found = trusted.find((fingerprint) => fingerprint.endsWith(id));
  const result = { id: args.id ?? id, key_id: id, short_id: id.slice(-8), fp: id, before: [...trusted] };
  const ring = args.keyring === null ? [] : ['--keyring', args.keyring];
  const removal = sh`apt-key ${ring} del ${id.slice(-8)}`;
  if (args.state === 'absent') {
    return { changes: found === undefined ? [] : [runChange(`distrust key ${id}`, removal)], result };
  }
  if (found !== undefined) return { changes: [], result };
  const summary = `trust key ${id}`;
  const options = { undo: removal };
  if (args.keyserver !== null) {
    const receive = sh`apt-key ${ring} adv --no-tty --keyserver ${args.keyserver} --recv ${id}`;
    return { changes: [runChange(summary, receive, options)], result };
  }
  if (args.file !== null)
    return { changes: [runChange(summary, sh`apt-key ${ring} add ${args.file}`, options)], result };
  if (args.data !== null) {
    const stdin = Buffer.from(args.data);
    return { changes: [runChange(summary, sh`apt-key ${ring} add -`, { ...options, stdin })], result };
  }
  if (args.url === null) return { changes: [], failed: 'No key to add: give data, file, url or keyserver', result };
  const script = sh`key=$(mktemp) || exit 1; trap 'rm -f "$key"' EXIT; ${fetchKey(args.url)} >"$key" && [ -s "$key" ] || { echo ${`Failed to download key at ${args.url}`} >&2; exit 1; }
apt-key ${ring} add "$key"`;
  return { changes: [runChange(summary, script, options)], result };
}
