import { createHash, getHashes } from 'node:crypto';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { fail, pyStr } from '../values.ts';
import { bytesOf } from './encode.ts';

const ANSIBLE_NAMESPACE = '361E6D51-FAEC-444A-9079-341386DA8E2E';

export const filters: Filters = {
  checksum: (value) => digest('sha1', bytesOf(value)),
  hash(value, args, kwargs) {
    const { hashtype = 'sha1' } = bind(args, kwargs, ['hashtype'], 'hash');
    return digest(pyStr(hashtype), bytesOf(value));
  },
  md5: (value) => digest('md5', bytesOf(value)),
  sha1: (value) => digest('sha1', bytesOf(value)),
  to_uuid(value, args, kwargs) {
    const { namespace = ANSIBLE_NAMESPACE } = bind(args, kwargs, ['namespace'], 'to_uuid');
    return toUuid(pyStr(value), pyStr(namespace));
  },
};

function digest(type: string, bytes: Buffer): string {
  const name = type
    .toLowerCase()
    .replace(/^sha3_/, 'sha3-')
    .replace(/^(blake2[bs])$/, (each) => (each === 'blake2b' ? 'blake2b512' : 'blake2s256'));
  if (!getHashes().some((known) => known.toLowerCase() === name))
    fail(`unsupported hash type ${type}`, 'try sha256 or sha512');
  return createHash(name).update(bytes).digest('hex');
}

/** A version 5 UUID: always the same for the same text and namespace. */
function toUuid(text: string, namespace: string): string {
  const hex = namespace.replace(/^urn:|uuid:|[{}-]/g, '');
  if (!/^[\da-f]{32}$/i.test(hex))
    fail(`Invalid value '${namespace}' for 'namespace': badly formed hexadecimal UUID string`);
  const bytes = createHash('sha1').update(Buffer.from(hex, 'hex')).update(text).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
