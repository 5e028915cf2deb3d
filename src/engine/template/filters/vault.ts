import { TsplayError } from '../../model/errors.ts';
import type { Value } from '../../model/value.ts';
import { isVaulted } from '../../vault/envelope.ts';
import { Password } from '../../vault/password.ts';
import { encrypt, Vault } from '../../vault/vault.ts';
import { bind } from '../params.ts';
import type { Filters } from '../types.ts';
import { Undecrypted } from '../values/undecrypted.ts';
import { defined, fail, pyStr, truthy, typeName } from '../values.ts';

/** The label that Ansible's filters write where none is given. */
const LABEL = 'filter_default';

export const filters: Filters = {
  vault(value, args, kwargs, { scope: { world }, budget }) {
    const names = ['secret', 'salt', 'vault_id', 'wrap_object', 'vaultid'] as const;
    const given = bind(args, kwargs, names, 'do_vault', 1);
    const password = passwordOf(given.secret!, 'Secret passed is required to be a string');
    const plaintext = bytesOf(value, 'Can only vault strings');
    world.secret(password.bytes.toString());
    world.secret(plaintext.toString());
    budget.grow(plaintext.length * 4);
    const ciphertext = attempt('encrypt', () =>
      encrypt(plaintext, password, { id: labelOf(given), salt: saltOf(given.salt) }),
    );
    return truthy(given.wrap_object ?? false) ? new Undecrypted(ciphertext, wrapped()) : ciphertext;
  },
  unvault(value, args, kwargs, { scope: { world } }) {
    const given = bind(args, kwargs, ['secret', 'vault_id', 'vaultid'], 'do_unvault', 1);
    const password = passwordOf(given.secret!, 'Secret passed is required to be as string');
    world.secret(password.bytes.toString());
    const content =
      value instanceof Undecrypted ? value.ciphertext : bytesOf(value, 'Vault should be in the form of a string');
    if (!isVaulted(content)) return content.toString();
    const vault = new Vault([{ id: labelOf(given), password }]);
    const plaintext = attempt('decrypt', () => vault.open(content).plaintext).toString();
    world.secret(plaintext);
    return plaintext;
  },
};

function passwordOf(value: Value, complaint: string): Password {
  return new Password(bytesOf(value, complaint));
}

function bytesOf(value: Value, complaint: string): Buffer {
  if (typeof defined(value) === 'string') return Buffer.from(value as string);
  if (value instanceof Uint8Array) return Buffer.from(value);
  return fail(`${complaint}, instead we got: <class '${typeName(value)}'>`);
}

/** `vaultid` is the argument's old name. */
function labelOf({ vault_id, vaultid }: { vault_id?: Value; vaultid?: Value }): string {
  return pyStr(vault_id ?? vaultid ?? LABEL);
}

function saltOf(salt: Value | undefined): Buffer | undefined {
  if (salt === undefined || salt === null) return undefined;
  const bytes = Buffer.from(pyStr(salt));
  return bytes.length > 0 ? bytes : fail('Unable to encrypt: Empty or invalid salt passed to encrypt()');
}

function attempt<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    return fail(`Unable to ${what}: ${error.message}`, error.hint);
  }
}

function wrapped(): TsplayError {
  return new TsplayError('template', 'an encrypted object (wrap_object) is no text', {
    hint: 'leave wrap_object out, or write it with to_yaml',
  });
}
