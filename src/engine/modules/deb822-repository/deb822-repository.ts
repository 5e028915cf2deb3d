import type { Change } from '../../model/change.ts';
import type { Value } from '../../model/value.ts';
import type { FileState, HostView } from '../../remote/types.ts';
import { fetchScript } from '../apt/fetch.ts';
import { parseMode, resolveMode } from '../args/mode.ts';
import { defineModule } from '../define.ts';
import { beforeOf } from '../files/target.ts';
import { readText, type TextFile, writeText } from '../text-file.ts';
import type { Plan } from '../types.ts';
import { type Fields, slugOf, stanzaText } from './stanza.ts';

type RepositoryArgs = Fields & {
  readonly name: string;
  readonly signed_by: string | null;
  readonly mode: Value;
  readonly state: 'absent' | 'present';
};

interface RepositoryState {
  readonly sources: TextFile;
  readonly keyFolder: FileState | undefined;
  /** The keys that a file of this repository's name holds now, by path. */
  readonly keys: readonly { readonly path: string; readonly state: FileState; readonly content: Buffer }[];
  readonly signedBy: SignedBy;
}

type SignedBy =
  | { readonly kind: 'none' }
  | { readonly kind: 'problem'; readonly message: string }
  | { readonly kind: 'text'; readonly text: string } // a path, or the key itself
  | { readonly kind: 'fetched'; readonly key: Buffer };

const keyFolder = '/etc/apt/keyrings';
const flag = (doc: string) => ({ type: 'bool', doc }) as const;
const list = (doc: string) => ({ type: 'list', elements: 'str', doc }) as const;

export const deb822Repository = defineModule({
  name: 'deb822_repository',
  collection: 'ansible.builtin',
  summary: 'Manage repositories of apt in the deb822 format',
  args: {
    name: { type: 'str', required: true, doc: 'Name of the repository, which its file is named after.' },
    uris: list('Addresses.'),
    suites: list('Suites: `bookworm`, or a path that ends with a slash.'),
    components: list('Components: `main`.'),
    types: { type: 'list', elements: 'str', choices: ['deb', 'deb-src'], default: ['deb'], doc: 'Kinds of packages.' },
    architectures: list("Architectures; by default the host's own."),
    signed_by: { type: 'str', doc: 'The key: its address, a path on the host, a fingerprint or the key itself.' },
    enabled: flag('Whether apt uses it.'),
    trusted: flag('Take it as trusted without a check.'),
    allow_downgrade_to_insecure: flag('Go on if it is not signed any more.'),
    allow_insecure: flag('Use it although it is not signed.'),
    allow_weak: flag('Accept weak digests.'),
    by_hash: flag('Fetch indexes by their digest.'),
    check_date: flag('Check the date of the release file.'),
    check_valid_until: flag('Refuse release files that have expired.'),
    date_max_future: { type: 'int', doc: 'Seconds that a release file may be dated ahead.' },
    inrelease_path: { type: 'str', doc: 'Path of the release file.' },
    languages: list('Languages of translations to fetch.'),
    pdiffs: flag('Fetch differences of indexes.'),
    targets: list('Kinds of indexes to fetch.'),
    mode: { type: 'raw', default: '0644', doc: 'Permissions of the file.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether apt knows it.' },
  },
  async inspect(host, args): Promise<RepositoryState> {
    const slug = slugOf(args.name);
    const [sources, folder, armored, binary, signedBy] = await Promise.all([
      readText(host, `/etc/apt/sources.list.d/${slug}.sources`),
      host.stat(keyFolder),
      host.read(`${keyFolder}/${slug}.asc`),
      host.read(`${keyFolder}/${slug}.gpg`),
      args.state === 'present' ? readSigner(host, args.signed_by) : { kind: 'none' as const },
    ]);
    const keys = [armored, binary].flatMap((file) => (file ? [{ path: file.state.path, ...file }] : []));
    return { sources, keyFolder: folder, keys, signedBy };
  },
  plan: planRepository,
  examples: `- deb822_repository:
    name: debian
    uris: [http://deb.debian.org/debian]
    suites: [stable]
    components: [main]`,
});

async function readSigner(host: HostView, signedBy: string | null): Promise<SignedBy> {
  if (signedBy === null) return { kind: 'none' };
  if (!/^[a-z]+:\/\//i.test(signedBy)) return { kind: 'text', text: signedBy };
  const { rc, stdout, stderr } = await host.query(fetchScript(signedBy));
  if (rc === 0 && stdout.length > 0) return { kind: 'fetched', key: stdout };
  return { kind: 'problem', message: stderr.toString('utf8').trim() || `nothing at ${signedBy}` };
}

function planRepository(args: RepositoryArgs, state: RepositoryState): Plan {
  const { sources, keys, signedBy } = state;
  const slug = slugOf(args.name);
  if (args.state === 'absent') {
    const files = [
      ...(sources.state ? [{ path: sources.path, state: sources.state, content: Buffer.from(sources.text) }] : []),
      ...keys,
    ];
    const changes = files.map(
      ({ path, state: file, content }): Change => ({
        kind: 'remove',
        summary: `remove ${path}`,
        path,
        before: beforeOf(file, content),
      }),
    );
    return { changes, result: { repo: null, dest: sources.path, key_filename: `${keyFolder}/${slug}.gpg` } };
  }
  if (signedBy.kind === 'problem') return { changes: [], failed: `Could not fetch signed_by key: ${signedBy.message}` };
  const changes: Change[] = [];
  let signer: string | null = signedBy.kind === 'text' ? signedBy.text : null;
  let keyPath: string | null = signer?.startsWith('/') ? signer : null;
  if (signedBy.kind === 'fetched') {
    const armored = signedBy.key.includes('-----BEGIN PGP PUBLIC KEY BLOCK-----');
    keyPath = `${keyFolder}/${slug}.${armored ? 'asc' : 'gpg'}`;
    signer = keyPath;
    changes.push(...keepKey(keyPath, signedBy.key, state));
  }
  const repo = stanzaText({ ...args, signed_by: signer });
  const spec = parseMode(args.mode);
  const old = sources.state?.mode ?? 0o644;
  const mode = spec ? resolveMode(spec, { mode: old, directory: false, umask: 0o022 }) : old;
  const attributes = sources.state?.mode === mode ? {} : { mode };
  if (!sources.state || sources.text !== repo) changes.push(writeText(sources, repo, { attributes }));
  else if ('mode' in attributes) {
    const { path } = sources;
    changes.push({
      kind: 'attributes',
      summary: `set mode of ${path}`,
      path,
      attributes,
      follow: true,
      before: beforeOf(sources.state),
    });
  }
  return { changes, result: { repo, dest: sources.path, key_filename: keyPath } };
}

/** Puts a key beside the others of apt. */
function keepKey(path: string, key: Buffer, { keys, keyFolder: folder }: RepositoryState): Change[] {
  const old = keys.find((file) => file.path === path);
  if (old?.content.equals(key)) return [];
  const makeFolder: Change = {
    kind: 'directory',
    summary: `make folder ${keyFolder}`,
    path: keyFolder,
    attributes: { mode: 0o755 },
  };
  return [
    ...(folder ? [] : [makeFolder]),
    {
      kind: 'write',
      summary: `write the key ${path}`,
      path,
      content: { bytes: key },
      attributes: { mode: 0o644 },
      before: beforeOf(old?.state, old?.content),
    },
  ];
}
