import { sh } from '../remote/quote.ts';
import { fetchScript } from './apt/fetch.ts';
import { defineModule } from './define.ts';
import { runChange } from './run-change.ts';
import { linesOf } from './text-file.ts';
import type { Plan } from './types.ts';

interface KeyState {
  readonly problem: string | undefined;
  /** Id of the key that is given by its file or address. */
  readonly id: string | undefined;
  readonly fingerprints: readonly string[];
  /** Lines of gpg on all keys that rpm has. */
  readonly imported: readonly string[];
}

interface KeyArgs {
  readonly key: string;
  readonly state: 'absent' | 'present';
  readonly fingerprint: string[] | null;
}

const mark = '\x1e\n';

export const rpmKey = defineModule({
  name: 'rpm_key',
  collection: 'ansible.builtin',
  summary: 'Manage the keys that rpm trusts',
  args: {
    key: { type: 'str', required: true, doc: 'Address of the key, its file on the host, or its id.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether it is trusted.' },
    fingerprint: { type: 'list', elements: 'str', doc: 'Fingerprints that the key is to have.' },
    validate_certs: { type: 'bool', default: true, doc: 'Taken for compatibility: certificates are always checked.' },
  },
  async inspect(host, { key }): Promise<KeyState> {
    const source = isId(key) ? sh`:` : keyText(key);
    const { rc, stdout, stderr } =
      await host.query(sh`command -v rpm >/dev/null || { echo 'Failed to find required executable "rpm" in paths' >&2; exit 9; }
g=$(command -v gpg || command -v gpg2) || { echo 'Failed to find required executable "gpg2" in paths' >&2; exit 9; }
LC_ALL=C; export LC_ALL; GNUPGHOME=$(mktemp -d) || exit 1; export GNUPGHOME; trap 'rm -rf "$GNUPGHOME"' EXIT
show() { "$g" --no-tty --batch --with-colons --fixed-list-mode --import --import-options show-only --dry-run 2>/dev/null; }
${source} | show; printf '\036\n'
! rpm -q gpg-pubkey >/dev/null 2>&1 || rpm -q gpg-pubkey --qf '%{description}\n' | show; :`);
    const [given = '', all = ''] = stdout.toString('utf8').split(mark);
    const fields = linesOf(given).map((line) => line.split(':'));
    return {
      problem: rc === 0 ? undefined : stderr.toString('utf8').trim(),
      id: fields.find(([kind]) => kind === 'pub')?.[4],
      fingerprints: fields.filter(([kind]) => kind === 'fpr').map((each) => each[9] ?? ''),
      imported: linesOf(all),
    };
  },
  plan: planKey,
  examples: '- rpm_key: {key: "https://example.org/RPM-GPG-KEY"}',
});

function isId(key: string): boolean {
  return /^(0x)?[0-9a-f]{8,}$/i.test(key);
}

function keyText(key: string) {
  return key.includes('://') ? fetchScript(key) : sh`cat -- ${key}`;
}

function planKey({ key, state, fingerprint }: KeyArgs, found: KeyState): Plan {
  const fail = (failed: string): Plan => ({ changes: [], failed });
  if (found.problem !== undefined) return fail(found.problem);
  const id = (isId(key) ? key.replace(/^0x/i, '') : (found.id ?? '')).toUpperCase();
  if (id === '') return fail(`Not a valid key ${key}`);
  const imported = found.imported.some((line) => line.split(':')[4]?.includes(id));
  const drop = sh`rpm --erase --allmatches ${`gpg-pubkey-${id.slice(-8).toLowerCase()}`}`;
  if (state === 'absent') return { changes: imported ? [runChange(`distrust key ${id}`, drop)] : [] };
  if (imported) return { changes: [] };
  if (isId(key)) return fail('When importing a key, a valid file must be given');
  const wanted = (fingerprint ?? []).map((each) => each.replaceAll(' ', '').toUpperCase());
  const lacking = wanted.find((each) => !found.fingerprints.includes(each));
  if (lacking !== undefined)
    return fail(
      `The specified fingerprint, '${lacking}', does not match any key fingerprints in '${found.fingerprints}'`,
    );
  const script = sh`k=$(mktemp) || exit 1; trap 'rm -f "$k"' EXIT; ${keyText(key)} >"$k" && rpm --import "$k"`;
  return { changes: [runChange(`trust key ${id}`, script, { undo: drop })] };
}
