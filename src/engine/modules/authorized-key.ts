import type { Change } from '../model/change.ts';
import { sh } from '../remote/quote.ts';
import type { FileState, HostView } from '../remote/types.ts';
import { type AuthorizedKey, keyText, parseKeyLine, parseOptions } from './authorized-keys/line.ts';
import { defineModule } from './define.ts';
import { linesOf, readText, type TextFile, writeText } from './text-file.ts';
import type { Plan } from './types.ts';
import { type PasswdEntry, parsePasswd } from './user/accounts.ts';

interface KeyArgs {
  readonly user: string;
  readonly key: string;
  readonly path: string | null;
  readonly manage_dir: boolean;
  readonly state: 'absent' | 'present';
  readonly key_options: string | null;
  readonly exclusive: boolean;
  readonly comment: string | null;
  readonly follow: boolean;
}

interface KeyState {
  readonly account?: PasswdEntry;
  readonly file?: TextFile;
  readonly folder?: string;
  readonly folderState?: FileState | undefined;
}

export const authorizedKey = defineModule({
  name: 'authorized_key',
  collection: 'ansible.posix',
  summary: 'Manage the SSH keys that may log in to an account',
  args: {
    user: { type: 'str', required: true, doc: 'The account.' },
    key: { type: 'str', required: true, doc: 'One or more public keys, one a line.' },
    path: { type: 'path', doc: 'The file, if not ~/.ssh/authorized_keys.' },
    manage_dir: { type: 'bool', default: true, doc: 'Make the folder, with owner and mode.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether the keys are there.' },
    key_options: { type: 'str', doc: 'Options before each key.' },
    exclusive: { type: 'bool', default: false, doc: 'Remove all other keys.' },
    comment: { type: 'str', doc: 'Comment of each key, instead of its own.' },
    validate_certs: { type: 'bool', default: true, doc: 'Taken for compatibility: keys are not fetched from URLs.' },
    follow: { type: 'bool', default: false, doc: 'Write to what a symbolic link names.' },
  },
  inspect: inspectKeys,
  plan: planKeys,
  examples: `- authorized_key:
    user: root
    key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFOnqbRR/oQYepnIV/kt3lq5D/KbBjTYk32AlFySScMu me@example.com`,
});

async function inspectKeys(host: HostView, args: KeyArgs): Promise<KeyState> {
  const { stdout } = await host.query(sh`n=${args.user}; p=${args.path ?? ''}
entry=$(getent passwd "$n" 2>/dev/null) || entry=$(grep "^$n:" /etc/passwd); printf '%s\n' "$entry"
[ -n "$p" ] || p=$(printf '%s\n' "$entry" | cut -d: -f6)/.ssh/authorized_keys
if [ -n ${args.follow ? 'y' : ''} ]; then readlink -f -- "$p"; else printf '%s\n' "$p"; fi`);
  const [entry = '', path = ''] = stdout.toString('utf8').split('\n');
  const account = parsePasswd(entry);
  if (!account && args.path === null) return {};
  const folder = path.slice(0, path.lastIndexOf('/')) || '/';
  const [file, folderState] = await Promise.all([readText(host, path), host.stat(folder, { follow: true })]);
  return { ...(account && { account }), file, folder, folderState };
}

function planKeys(args: KeyArgs, { account, file, folder, folderState }: KeyState): Plan {
  const { validate_certs, ...shown } = { validate_certs: true, ...args };
  if (!account || !file || folder === undefined) {
    return { changes: [], failed: `Failed to lookup user ${args.user}: "getpwnam(): name not found: '${args.user}'"` };
  }
  const result = { ...shown, validate_certs, keyfile: file.path };
  if (/^https?:\/\//.test(args.key)) {
    return {
      changes: [],
      failed: `Error getting key from: ${args.key} (look it up on the controller: lookup('url', ...))`,
    };
  }
  const wanted: AuthorizedKey[] = [];
  for (const line of linesOf(args.key).filter((one) => one.trim() !== '' && !one.startsWith('#'))) {
    const parsed = parseKeyLine(line);
    if (!parsed) return { changes: [], failed: `invalid key specified: ${line}` };
    wanted.push(withWishes(parsed, args));
  }
  const text = args.state === 'present' ? withKeys(file.text, wanted, args.exclusive) : withoutKeys(file.text, wanted);
  if (text === undefined) return { changes: [], result };
  const owner = { owner: String(account.uid), group: String(account.gid) };
  const changes: Change[] = [];
  if (
    args.manage_dir &&
    (folderState?.mode !== 0o700 || folderState.uid !== account.uid || folderState.gid !== account.gid)
  ) {
    const attributes = { ...owner, mode: 0o700 };
    changes.push({ kind: 'directory', summary: `make folder ${folder}`, path: folder, attributes });
  }
  changes.push(writeText(file, text, { attributes: { ...owner, mode: 0o600 } }));
  return { changes, result };
}

function withWishes(key: AuthorizedKey, { key_options, comment }: KeyArgs): AuthorizedKey {
  return {
    ...key,
    ...(key_options !== null && { options: parseOptions(key_options) }),
    ...(comment !== null && { comment }),
  };
}

/** The file's text with the keys; undefined if it has them already. Other lines stay as they are. */
function withKeys(text: string, wanted: readonly AuthorizedKey[], exclusive: boolean): string | undefined {
  const pending = new Map(wanted.map((key) => [key.data, key]));
  let changed = false;
  const kept: string[] = [];
  for (const line of linesOf(text)) {
    const found = parseKeyLine(line);
    const wish = found && pending.get(found.data);
    if (wish && keyText(wish) === keyText(found)) {
      pending.delete(found.data);
      kept.push(line);
    } else if (wish || exclusive) changed = true;
    else kept.push(line);
  }
  if (!changed && pending.size === 0) return undefined;
  return [...kept, ...[...pending.values()].map(keyText)].map((line) => `${line}\n`).join('');
}

function withoutKeys(text: string, unwanted: readonly AuthorizedKey[]): string | undefined {
  const data = new Set(unwanted.map((key) => key.data));
  const lines = linesOf(text);
  const kept = lines.filter((line) => !data.has(parseKeyLine(line)?.data ?? ''));
  return kept.length === lines.length ? undefined : kept.map((line) => `${line}\n`).join('');
}
