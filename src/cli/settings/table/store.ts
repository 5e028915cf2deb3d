import { rows } from '../spec.ts';

/** Where hosts share what `export` publishes; not part of Ansible. */
export const STORE = rows('acted', {
  TSPLAY_STORE: [
    'TSPLAY_STORE',
    'tsplay.store',
    'str',
    null,
    '`file:///folder`, `etcd://host:2379/prefix`, or `etcds://` for TLS, several hosts with commas between; a folder in the state folder where nothing is said',
  ],
  TSPLAY_STORE_KEY_FILE: [
    'TSPLAY_STORE_KEY_FILE',
    'tsplay.store_key_file',
    'path',
    null,
    'file with the key that closes what is shared; all that share have the same',
  ],
  TSPLAY_STORE_KEY: ['TSPLAY_STORE_KEY', '', 'str', null, 'that key itself'],
  TSPLAY_STORE_VAULT_ID: [
    'TSPLAY_STORE_VAULT_ID',
    'tsplay.store_vault_id',
    'str',
    null,
    'label of the vault password that is that key',
  ],
  TSPLAY_STORE_CA: [
    'TSPLAY_STORE_CA',
    'tsplay.store_ca',
    'path',
    null,
    'certificates that the store is checked by, instead of those of the system',
  ],
  TSPLAY_STORE_CERT: ['TSPLAY_STORE_CERT', 'tsplay.store_cert', 'path', null, 'certificate shown to the store'],
  TSPLAY_STORE_CERT_KEY: ['TSPLAY_STORE_CERT_KEY', 'tsplay.store_cert_key', 'path', null, 'its private key'],
  TSPLAY_STORE_USER: ['TSPLAY_STORE_USER', 'tsplay.store_user', 'str', null, 'user of the store'],
  TSPLAY_STORE_PASSWORD: ['TSPLAY_STORE_PASSWORD', '', 'str', null, "the user's password"],
  TSPLAY_STORE_PASSWORD_FILE: [
    'TSPLAY_STORE_PASSWORD_FILE',
    'tsplay.store_password_file',
    'path',
    null,
    'file with that password',
  ],
});
