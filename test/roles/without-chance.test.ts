import { expect, test } from '@jest/globals';
import { withoutChance } from './without-chance.ts';

const key = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7';

const path = '/usr/local/share/kubernetes/manifests/controllers/first';

const table: [text: string, shown: string][] = [
  ['address: 10.0.0.1:6443', 'address: 10.0.0.1:6443'],
  [
    'path: /etc/kubernetes/manifests/kube-controller-manager.yaml',
    'path: /etc/kubernetes/manifests/kube-controller-manager.yaml',
  ],
  [`path: ${path}`, `path: ${path}`],
  [`-----BEGIN KEY-----\n${key}\nabc\n-----END KEY-----\n`, '-----BEGIN KEY-----\n<secret>\n-----END KEY-----\n'],
  [`client-key-data: ${key}==\n`, 'client-key-data: <secret>\n'],
  ['token: abcdef.0123456789abcdef', 'token: <token>'],
  ['sha256:d2f5a0e1b3c4d5e6f7a8b9c0d1e2f3a4', 'sha256:<digest>'],
  ['id: 123e4567-e89b-12d3-a456-426614174000', 'id: <uuid>'],
  ['snapshot-20250101T000000Z.db at 2025-01-01T00:00:00.5+00:00', 'snapshot-<time>.db at <time>'],
  [
    '- --initial-cluster=b=https://h2:2380,a=https://h1:2380',
    '- --initial-cluster=a=https://h1:2380,b=https://h2:2380',
  ],
];

test.each(table)('%j', (text, shown) => {
  expect(withoutChance(text)).toBe(shown);
});
