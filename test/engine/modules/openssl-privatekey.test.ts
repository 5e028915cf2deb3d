import { expect, test } from '@jest/globals';
import { opensslPrivatekey } from '../../../src/engine/modules/openssl-privatekey.ts';
import { type FakeFile, type FakeHost, planOf } from './support.ts';

type Args = Parameters<typeof planOf>[1];

const MARK = '\x1e\n';
const RSA = `openssl\n${MARK}Private-Key: (2048 bit, 2 primes)\nmodulus:\nsha1 aabb *stdin\n${MARK}`;
const EC = `openssl\n${MARK}Private-Key: (256 bit)\nASN1 OID: prime256v1\nNIST CURVE: P-256\n${MARK}`;
const BROKEN = `openssl\n${MARK}${MARK}`;

function host(shown: string, file: FakeFile = { mode: 0o600 }): FakeHost {
  return { files: shown === BROKEN && file === '' ? {} : { '/k': file }, answers: [[/command -v openssl/, shown]] };
}

async function planned(args: Args, given: FakeHost): Promise<string[] | string> {
  const { plan } = await planOf(opensslPrivatekey, { path: '/k', ...args }, given);
  return plan.failed === undefined ? plan.changes.map(({ summary }) => summary) : `failed: ${plan.failed.slice(0, 40)}`;
}

test.each<[Args, FakeHost, string[] | string]>([
  [{ size: 2048 }, host(RSA), []],
  [{ size: 4096 }, host(RSA), ['make the RSA key /k']],
  [{ size: 4096, regenerate: 'never' }, host(RSA), []],
  [{ size: 4096, regenerate: 'fail' }, host(RSA), 'failed: Key has wrong type and/or size. Will not'],
  [{ size: 2048, force: true }, host(RSA), ['make the RSA key /k']],
  [{ size: 2048, mode: '0640' }, host(RSA), ['change mode of /k']],
  [{ type: 'ECC', curve: 'secp256r1' }, host(EC), []],
  [{ type: 'ECC', curve: 'secp384r1' }, host(EC), ['make the ECC key /k']],
  [{ type: 'Ed25519' }, host(EC), ['make the Ed25519 key /k']],
  [{}, host(BROKEN), ['make the RSA key /k']],
  [{ regenerate: 'partial_idempotence' }, host(BROKEN), 'failed: Unable to read the key. The key is prote'],
  [{}, host(BROKEN, ''), ['make the RSA key /k']],
  [{ state: 'absent' }, host(RSA), ['remove /k']],
  [{ state: 'absent' }, host(BROKEN, ''), []],
  [{}, host(''), 'failed: Failed to find required executable "open'],
])('%j', async (args, given, expected) => expect(await planned(args, given)).toEqual(expected));

test('the passphrase is on standard input alone', async () => {
  const { plan, changes } = await planOf(
    opensslPrivatekey,
    { path: '/k', passphrase: 'p w', mode: 'u=r' },
    host(BROKEN, ''),
  );
  expect(changes.join()).not.toContain('p w');
  expect(plan.changes.map((change) => change.kind === 'run' && String(change.stdin))).toEqual(['p w\n']);
  expect(plan.result).toMatchObject({ filename: '/k', size: 4096, type: 'RSA' });
});
