import { type Dict, dict, Float, type Value } from '../../../model/value.ts';
import type { Collector, Facts } from '../collector.ts';
import { lines, words } from '../gathered.ts';

/** The environment that a task has on the host. */
export const env: Collector = {
  name: 'env',
  script: 'section env; env -0 2>/dev/null || env',
  parse(host): Facts {
    const text = host.section('env') ?? '';
    const variables: Dict = new Map();
    for (const entry of text.split(text.includes('\0') ? '\0' : '\n')) {
      const at = entry.indexOf('=');
      if (at > 0) variables.set(entry.slice(0, at), entry.slice(at + 1));
    }
    return { env: variables };
  },
};

export const loadAverage: Collector = {
  name: 'loadavg',
  files: ['/proc/loadavg'],
  parse(host): Facts {
    const [one, five, fifteen] = words(host.file('/proc/loadavg'));
    if (fifteen === undefined) return {};
    return { loadavg: dict({ '1m': float(one), '5m': float(five), '15m': float(fifteen) }) };
  },
};

function float(text: string | undefined): Value {
  const value = Number(text);
  return Number.isInteger(value) ? new Float(value) : value;
}

/** Who a task runs as. */
export const user: Collector = {
  name: 'user',
  factIds: [
    'user_id',
    'user_uid',
    'user_gid',
    'user_gecos',
    'user_dir',
    'user_shell',
    'real_user_id',
    'effective_user_id',
    'effective_group_ids',
  ],
  files: ['/proc/self/status'],
  script: `section user; name=\${LOGNAME:-\${USER:-$(id -un)}}; printf '%s\\n' "$name"
entry=$(getent passwd "$name" 2>/dev/null) || entry=$(grep "^$name:" /etc/passwd) ||
  entry=$(grep "^[^:]*:[^:]*:$(id -u):" /etc/passwd); printf '%s\\n' "$entry"`,
  parse(host): Facts {
    const [name = '', entry = ''] = (host.section('user') ?? '').split('\n');
    const [, , uid, gid, gecos = '', home = '', shell = ''] = entry.split(':');
    const status = lines(host.file('/proc/self/status'));
    const ids = (label: string) => words(status.find((line) => line.startsWith(`${label}:`)));
    const [, realUser = uid, effectiveUser = uid] = ids('Uid');
    const [, realGroup = gid] = ids('Gid');
    return {
      user_id: name,
      user_uid: Number(uid),
      user_gid: Number(gid),
      user_gecos: gecos,
      user_dir: home,
      user_shell: shell,
      real_user_id: Number(realUser),
      effective_user_id: Number(effectiveUser),
      real_group_id: Number(realGroup),
      effective_group_id: Number(realGroup),
    };
  },
};

const keyFolders = ['/etc/ssh', '/etc/openssh', '/etc'];
const keyTypes = ['dsa', 'rsa', 'ecdsa', 'ed25519'];

/** Public host keys, of the first folder that has any. */
export const sshPublicKeys: Collector = {
  name: 'ssh_pub_keys',
  factIds: ['ssh_host_pub_keys', ...keyTypes.map((type) => `ssh_host_key_${type}_public`)],
  files: keyFolders.flatMap((folder) => keyTypes.map((type) => keyFile(folder, type))),
  parse(host): Facts {
    const folder = keyFolders.find((one) => keyTypes.some((type) => host.file(keyFile(one, type))));
    if (folder === undefined) return {};
    return Object.fromEntries(
      keyTypes.flatMap((type) => {
        const [kind, key] = words(host.file(keyFile(folder, type)));
        if (key === undefined) return [];
        const name = `ssh_host_key_${type}_public`;
        return [
          [name, key],
          [`${name}_keytype`, kind!],
        ];
      }),
    );
  },
};

function keyFile(folder: string, type: string): string {
  return `${folder}/ssh_host_${type}_key.pub`;
}
