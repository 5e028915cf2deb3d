import { expect, test } from '@jest/globals';
import { TsplayError } from '../../../src/engine/model/errors.ts';
import { Password } from '../../../src/engine/vault/password.ts';
import { Vault } from '../../../src/engine/vault/vault.ts';
import { mutateText } from '../../fuzz/mutate-text.ts';
import { numbers } from '../../fuzz/random.ts';
import { GREETING } from './samples.ts';

const PLAINTEXT = 'hello {{ world }}';
const vault = new Vault([{ id: 'default', password: new Password(Buffer.from('secret-pw')) }]);

/** What comes of damaged content: its plaintext, or that it was refused. Anything else fails the test. */
function outcome(content: Buffer): string {
  try {
    return vault.open(content).plaintext.toString();
  } catch (error) {
    if (error instanceof TsplayError && error.kind === 'vault' && !error.describe().includes(PLAINTEXT))
      return 'refused';
    throw error;
  }
}

// Digits are read in either case, and blanks around a header mean nothing: such a change changes nothing.
test('no changed bit gives another plaintext', () => {
  const content = Buffer.from(GREETING);
  const salt = { from: content.indexOf('\n') + 1, to: content.indexOf('\n') + 130 };
  const seen = new Set<string>();
  for (let at = 0; at < content.length; at++) {
    // Each other salt costs a derivation of keys: some of them must do.
    const step = at >= salt.from && at < salt.to ? 5 : 1;
    for (let bit = at % step; bit < 8; bit += step) {
      const changed = Buffer.from(content);
      changed[at]! ^= 1 << bit;
      seen.add(outcome(changed));
    }
  }
  expect([...seen].sort()).toEqual([PLAINTEXT, 'refused']);
});

test('no damage gives another plaintext, or crashes', () => {
  const next = numbers(7);
  const results = Array.from({ length: 400 }, () => outcome(Buffer.from(mutateText(GREETING, next))));
  expect([PLAINTEXT, 'refused']).toEqual(expect.arrayContaining([...new Set(results)]));
});
