import type { Change } from '../model/change.ts';
import type { Value } from '../model/value.ts';
import { join, sh } from '../remote/quote.ts';
import type { HostView } from '../remote/types.ts';
import { pyStr } from '../template/values.ts';
import { backupArg, fileArgs } from './args/common.ts';
import { modeText, parseMode } from './args/mode.ts';
import { type ArgsOf, defineModule } from './define.ts';
import { beforeOf, inspectTarget, type Target } from './files/target.ts';
import { wantedOf } from './files/wanted.ts';
import { attributesChange } from './files/write.ts';
import { failedChange, runChange, textOf } from './run-change.ts';
import { linesOf } from './text-file.ts';
import type { ArgSpec, Plan } from './types.ts';

const args = {
  ...fileArgs,
  path: { type: 'path', required: true, doc: 'File of the key.' },
  type: {
    type: 'str',
    choices: ['DSA', 'ECC', 'Ed25519', 'Ed448', 'RSA', 'X25519', 'X448'],
    default: 'RSA',
    doc: 'Its kind.',
  },
  size: { type: 'int', default: 4096, doc: 'Its size in bits: for RSA and DSA.' },
  curve: { type: 'str', doc: 'Its curve: for ECC.' },
  passphrase: { type: 'str', noLog: true, doc: 'Passphrase that it is encrypted with.' },
  cipher: { type: 'str', default: 'auto', doc: 'How it is encrypted; AES with 256 bits unless said otherwise.' },
  format: {
    type: 'str',
    choices: ['auto', 'auto_ignore', 'pkcs1', 'pkcs8'],
    default: 'auto_ignore',
    doc: 'Form of a new key; by default the older one where the kind has one.',
  },
  force: { type: 'bool', default: false, doc: 'Make it anew.' },
  regenerate: {
    type: 'str',
    choices: ['always', 'fail', 'full_idempotence', 'never', 'partial_idempotence'],
    default: 'full_idempotence',
    doc: 'What becomes of a key of another kind, or one that cannot be read.',
  },
  return_content: { type: 'bool', default: false, doc: 'Return the key as `privatekey`.' },
  select_crypto_backend: { type: 'str', default: 'auto', doc: 'Taken for compatibility: openssl is used.' },
  backup: backupArg,
  state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether it is there.' },
} as const satisfies Record<string, ArgSpec>;

type KeyArgs = ArgsOf<typeof args>;

interface KeyState {
  readonly openssl: boolean;
  readonly target: Target;
  /** What openssl tells of it; undefined if it cannot be read. */
  readonly found: Key | undefined;
  readonly content: string;
}

interface Key {
  readonly type: string;
  readonly size: number;
  readonly curve: string | undefined;
  /** Digests of the public key by their name. */
  readonly fingerprint: ReadonlyMap<Value, Value>;
}

const DIGESTS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];

export const opensslPrivatekey = defineModule({
  name: 'openssl_privatekey',
  collection: 'community.crypto',
  summary: 'Make a private key on a host',
  args,
  rules: { requiredIf: [['type', 'ECC', ['curve']]] },
  inspect: inspectKey,
  plan: planKey,
  report(given, before, outcomes) {
    const { changes } = planKey(given, before);
    const failure = failedChange(changes, outcomes);
    if (failure) return { failed: textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout) };
    const told = outcomes.map((outcome) => textOf(outcome.stdout)).find((said) => said.includes('\x1e'));
    if (told === undefined) return {};
    const [shown = '', content = ''] = told.split('\x1e\n');
    return { result: resultOf(given, readKey(shown), content) };
  },
  examples: '- community.crypto.openssl_privatekey: {path: /etc/ssl/private/app.key, size: 2048}',
});

/** Prints what the key is, its digests and, if asked, itself. */
function show(path: string, { passphrase, return_content: whole }: KeyArgs) {
  const pass = passphrase === null ? [] : ['-passin', 'env:PASSPHRASE'];
  const digest = sh`for d in ${DIGESTS}; do printf '%s ' "$d"; openssl pkey -in ${path} ${pass} -pubout -outform DER 2>/dev/null | openssl dgst -"$d" -r; done`;
  return sh`openssl pkey -in ${path} ${pass} -noout -text </dev/null 2>/dev/null | sed '/^ /d' && ${digest}
printf '\036\n'; ${whole ? sh`cat ${path}` : sh`:`}`;
}

/** The passphrase comes on standard input, and goes to openssl by its environment, which no other user can read. */
function takePassphrase({ passphrase }: KeyArgs) {
  return passphrase === null ? sh`:` : sh`IFS= read -r PASSPHRASE; export PASSPHRASE`;
}

function passphraseOf({ passphrase }: KeyArgs): { readonly stdin?: Buffer } {
  return passphrase === null ? {} : { stdin: Buffer.from(`${passphrase}\n`) };
}

async function inspectKey(host: HostView, given: KeyArgs): Promise<KeyState> {
  const [target, { stdout }] = await Promise.all([
    inspectTarget(host, given.path, wantedOf(given), { follow: true }),
    host.query(
      sh`command -v openssl >/dev/null || exit 0; echo openssl; printf '\036\n'; [ -f ${given.path} ] || exit 0
${takePassphrase(given)}; ${show(given.path, given)}`,
      passphraseOf(given),
    ),
  ]);
  const [tool = '', shown = '', content = ''] = stdout.toString('utf8').split('\x1e\n');
  return { openssl: tool.trim() === 'openssl', target, found: readKey(shown), content };
}

function readKey(shown: string): Key | undefined {
  const [, named, bits] = /^(?:(\S+) )?Private-Key:(?: \((\d+) bit)?/m.exec(shown) ?? [];
  if (named === undefined && bits === undefined) return undefined;
  const modern = { ED25519: 'Ed25519', ED448: 'Ed448', X25519: 'X25519', X448: 'X448' }[named ?? ''];
  const curve = /^ASN1 OID: (\S+)/m.exec(shown)?.[1];
  const type = modern ?? (/^modulus:/m.test(shown) ? 'RSA' : curve ? 'ECC' : 'DSA');
  const digests = linesOf(shown).flatMap((line): [string, string][] => {
    const [, name, hex] = /^(md5|sha\d+) ([0-9a-f]+) /.exec(line) ?? [];
    return name === undefined ? [] : [[name, hex!.replace(/..(?=.)/g, '$&:')]];
  });
  return { type, size: Number(bits ?? 0), curve, fingerprint: new Map(digests) };
}

function resultOf(given: KeyArgs, key: Key | undefined, content: string) {
  return {
    filename: given.path,
    type: given.type,
    size: given.size,
    ...(given.curve === null ? {} : { curve: given.curve }),
    fingerprint: (key?.fingerprint ?? new Map()) as Value,
    ...(given.return_content ? { privatekey: content } : {}),
  };
}

/** Names by which openssl knows curves that have another one. */
const CURVES: Readonly<Record<string, string>> = {
  secp192r1: 'prime192v1',
  secp256r1: 'prime256v1',
};

function fits({ type, size, curve }: KeyArgs, found: Key): boolean {
  if (found.type !== type) return false;
  if (type === 'RSA' || type === 'DSA') return found.size === size;
  return type !== 'ECC' || found.curve === (CURVES[curve ?? ''] ?? curve);
}

function planKey(given: KeyArgs, state: KeyState): Plan {
  const { path, regenerate } = given;
  const { target, found } = state;
  const result = resultOf(given, found, state.content);
  const fail = (failed: string): Plan => ({ changes: [], failed, result });
  if (given.state === 'absent') {
    const remove: Change = { kind: 'remove', summary: `remove ${path}`, path, before: beforeOf(target.state) };
    return { changes: target.state ? [remove] : [], result: { filename: path } };
  }
  if (!state.openssl) return fail('Failed to find required executable "openssl" in paths');
  if (target.state && target.state.kind !== 'file')
    return fail(`Expected ${path} to be a file, but it is a ${target.state.kind}`);
  const anew = !target.state || given.force || regenerate === 'always';
  if (!anew && !found && (regenerate === 'fail' || regenerate === 'partial_idempotence')) {
    return fail(
      'Unable to read the key. The key is protected with a another passphrase / no passphrase or broken. Will not proceed. To force regeneration, call the module with `generate` set to `full_idempotence` or `always`, or with `force=true`.',
    );
  }
  const right = found !== undefined && fits(given, found);
  if (!anew && !right && regenerate === 'fail') {
    return fail(
      'Key has wrong type and/or size. Will not proceed. To force regeneration, call the module with `generate` set to `partial_idempotence`, `full_idempotence` or `always`, or with `force=true`.',
    );
  }
  if (anew || (!right && regenerate !== 'never')) return { changes: [make(given, target)], result };
  const own = attributesChange(target, wantedOf(given));
  return { changes: own ? [own] : [], result };
}

/** Made beside its place first. Owner and mode of an older one stay, unless others are wanted. */
function make(given: KeyArgs, { state }: Target): Change {
  const { path, type, size, curve } = given;
  const algorithm = { DSA: 'DSA', ECC: 'EC', RSA: 'RSA' }[type as string] ?? type.toUpperCase();
  const options =
    {
      RSA: ['-pkeyopt', `rsa_keygen_bits:${size}`],
      ECC: ['-pkeyopt', `ec_paramgen_curve:${CURVES[curve ?? ''] ?? curve}`, '-pkeyopt', 'ec_param_enc:named_curve'],
    }[type as string] ?? [];
  const older = given.format !== 'pkcs8' && ['DSA', 'ECC', 'RSA'].includes(type) ? ['-traditional'] : [];
  const cipher = given.cipher === 'auto' ? 'aes256' : given.cipher;
  const secret = given.passphrase === null ? [] : [`-${cipher}`, '-passout', 'env:PASSPHRASE'];
  const generate =
    type === 'DSA' ? sh`openssl dsaparam -genkey ${size}` : sh`openssl genpkey -algorithm ${algorithm} ${options}`;
  const backup = given.backup && state ? sh`cp -p -- ${path} ${path}.$(date +%Y-%m-%d@%H:%M:%S)~` : sh`:`;
  const script = sh`${takePassphrase(given)}; umask 077; t=$(mktemp ${`${path}.XXXXXX`}) || exit 1; trap 'rm -f "$t"' EXIT
${generate} </dev/null | openssl pkey ${older} ${secret} -out "$t" && ${rights(given, state !== undefined)} && ${backup} && mv -f -- "$t" ${path} && { ${show(path, given)}
}`;
  return runChange(`make the ${type} key ${path}`, script, {
    ...(state ? {} : { undo: sh`rm -f -- ${path}` }),
    ...passphraseOf(given),
  });
}

/** Gives the new file, `$t`, what it shall have; what is not said it takes from an older one. */
function rights({ path, owner, group, mode }: KeyArgs, older: boolean) {
  const spec = parseMode(mode);
  return join(
    [
      older ? sh`chmod --reference=${path} "$t" && chown --reference=${path} "$t"` : sh`chmod 0600 "$t"`,
      ...(owner === null ? [] : [sh`chown ${owner} "$t"`]),
      ...(group === null ? [] : [sh`chgrp ${group} "$t"`]),
      ...(spec ? [sh`chmod ${spec.kind === 'octal' ? modeText(spec.bits) : pyStr(mode)} "$t"`] : []),
    ],
    ' && ',
  );
}
