import { describe, expect, test } from '@jest/globals';
import { readAddress, type StoreAddress } from '../../../src/engine/store/address.ts';

const one = { host: 'e1', port: 2379 };

describe('the address of a store', () => {
  test.each<[string, StoreAddress]>([
    ['file:///srv/tsplay', { kind: 'file', folder: '/srv/tsplay' }],
    ['etcd://e1', { kind: 'etcd', endpoints: [one], tls: false, prefix: 'tsplay' }],
    ['etcd://e1:2379/a/b/', { kind: 'etcd', endpoints: [one], tls: false, prefix: 'a/b' }],
    [
      'etcds://e1,[fd00::1]:4001,10.0.0.3/t',
      {
        kind: 'etcd',
        endpoints: [one, { host: 'fd00::1', port: 4001 }, { host: '10.0.0.3', port: 2379 }],
        tls: true,
        prefix: 't',
      },
    ],
  ])('%s', (text, expected) => {
    expect(readAddress(text)).toEqual(expected);
  });

  test.each([
    ['/srv/tsplay', 'is no address'],
    ['http://e1', 'is no address'],
    ['file://srv', 'is no absolute folder'],
    ['etcd://', "'' in 'etcd://' is no host"],
    ['etcd://e1:port', "'e1:port' in"],
    ['etcd://user:word@e1', 'must not hold a password'],
  ])('%s is refused', (text, message) => {
    expect(() => readAddress(text)).toThrow(message);
  });
});
