import type { Change } from '../model/change.ts';
import { sh } from '../remote/quote.ts';
import { fileArgs } from './args/common.ts';
import { defineModule } from './define.ts';
import { beforeOf, inspectTarget, type Target } from './files/target.ts';
import { wantedOf } from './files/wanted.ts';
import { attributesChange } from './files/write.ts';
import { runChange, textOf } from './run-change.ts';
import { linesOf } from './text-file.ts';
import type { Plan, Result } from './types.ts';

const sizes = { rsa: 4096, dsa: 1024, ecdsa: 256, ed25519: 256, rsa1: 1024 } as const;

interface KeyArgs {
  readonly path: string;
  readonly type: keyof typeof sizes;
  readonly size: number | null;
  readonly comment: string | null;
  readonly state: 'absent' | 'present';
  readonly force: boolean;
  readonly regenerate: 'never' | 'fail' | 'partial_idempotence' | 'full_idempotence' | 'always';
  readonly passphrase: string | null;
}

interface KeyState {
  readonly tools: boolean;
  readonly key: Target;
  readonly publicKey: Target;
  /** Undefined if it cannot be read. */
  readonly found: { readonly size: number; readonly type: string; readonly fingerprint: string } | undefined;
  readonly publicText: string;
}

export const opensshKeypair = defineModule({
  name: 'openssh_keypair',
  collection: 'community.crypto',
  summary: 'Make a pair of SSH keys on a host',
  args: {
    ...fileArgs,
    path: { type: 'path', required: true, doc: 'Private key; the public one has `.pub` after it.' },
    type: { type: 'str', choices: ['rsa', 'dsa', 'rsa1', 'ecdsa', 'ed25519'], default: 'rsa', doc: 'Its kind.' },
    size: { type: 'int', doc: 'Its size in bits.' },
    comment: { type: 'str', doc: 'Comment of the public key.' },
    passphrase: { type: 'str', noLog: true, doc: 'Passphrase of the private key.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether it is there.' },
    force: { type: 'bool', default: false, doc: 'Make it anew.' },
    regenerate: {
      type: 'str',
      choices: ['never', 'fail', 'partial_idempotence', 'full_idempotence', 'always'],
      default: 'partial_idempotence',
      doc: 'What becomes of a key of another kind, or one that cannot be read.',
    },
    backend: { type: 'str', default: 'auto', doc: 'Taken for compatibility: ssh-keygen is used.' },
    private_key_format: { type: 'str', default: 'auto', doc: 'Taken for compatibility.' },
  },
  async inspect(host, args): Promise<KeyState> {
    const [key, publicKey, { stdout }] = await Promise.all([
      inspectTarget(host, args.path, wantedOf(args), { follow: true }),
      inspectTarget(host, `${args.path}.pub`, wantedOf(args), { follow: true }),
      host.query(sh`command -v ssh-keygen >/dev/null || exit 0; echo tools
cat ${`${args.path}.pub`} 2>/dev/null | head -n 1 | grep . || echo; ssh-keygen -l -f ${args.path} 2>/dev/null; :`),
    ]);
    const [tools, publicText = '', listed = ''] = linesOf(stdout.toString('utf8'));
    const [, size, fingerprint, type] = /^(\d+) (\S+) .*\((\S+)\)$/.exec(listed) ?? [];
    const found =
      fingerprint === undefined ? undefined : { size: Number(size), type: type!.toLowerCase(), fingerprint };
    return { tools: tools === 'tools', key, publicKey, found, publicText };
  },
  plan: planKey,
  report(args, before, outcomes) {
    const made = outcomes.map((outcome) => textOf(outcome.stdout)).find((text) => text.includes('\x1e'));
    if (made === undefined) return {};
    const [publicKey = '', listed = ''] = made.split('\x1e\n').map((part) => part.trim());
    return { result: { ...resultOf(args, before), public_key: publicKey, fingerprint: listed.split(' ')[1] ?? '' } };
  },
  examples: '- openssh_keypair: {path: /root/.ssh/id_ed25519, type: ed25519}',
});

function resultOf(args: KeyArgs, { found, publicText }: KeyState): Result {
  return {
    filename: args.path,
    type: args.type,
    size: args.size ?? found?.size ?? sizes[args.type],
    comment: args.comment ?? '',
    public_key: publicText.split(' ').slice(0, 2).join(' '),
    fingerprint: found?.fingerprint ?? '',
  };
}

function planKey(args: KeyArgs & Parameters<typeof wantedOf>[0], state: KeyState): Plan {
  const { path } = args;
  const result = resultOf(args, state);
  if (args.state === 'absent') {
    const there = [state.key, state.publicKey].filter((target) => target.state);
    const changes = there.map(
      (target): Change => ({
        kind: 'remove',
        summary: `remove ${target.path}`,
        path: target.path,
        before: beforeOf(target.state),
      }),
    );
    return { changes, result: { filename: path } };
  }
  const fail = (failed: string): Plan => ({ changes: [], failed, result });
  if (!state.tools) return fail('Failed to find required executable "ssh-keygen" in paths');
  if (state.key.state?.kind === 'directory') return fail(`${path} is a directory. Please specify a path to a file.`);
  const { found, publicText } = state;
  const fits = found?.type === args.type && (args.size === null || found.size === args.size);
  const old = state.key.state !== undefined;
  const anew = !old || args.force || args.regenerate === 'always' || (!fits && args.regenerate !== 'never');
  if (old && !args.force && !fits && args.regenerate === 'fail')
    return fail(
      'Key has wrong type and/or size. Will not proceed. To force regeneration, call the module with `regenerate` set to `partial_idempotence`, `full_idempotence` or `always`, or with `force=true`.',
    );
  if (old && anew && found === undefined && !args.force && args.regenerate === 'partial_idempotence')
    return fail('Unable to read the key. The key is protected with a passphrase or broken. Will not proceed.');
  const changes: Change[] = [];
  if (anew) changes.push(make(args));
  else if (publicText === '' || (args.comment !== null && publicText.split(' ').slice(2).join(' ') !== args.comment))
    changes.push(publish(args));
  for (const target of anew ? [] : [state.key]) {
    const own = attributesChange(target, wantedOf(args));
    if (own) changes.push(own);
  }
  return { changes, result };
}

/** The passphrase goes by a helper program that ssh-keygen asks, since its arguments can be read by all users. */
function make({ path, type, size, comment, passphrase }: KeyArgs): Change {
  const options = [
    '-q',
    '-t',
    type,
    ...(size === null && type !== 'rsa' ? [] : ['-b', String(size ?? sizes.rsa)]),
    '-C',
    comment ?? '',
  ];
  const shown = sh`cat ${`${path}.pub`} && printf '\036\n' && ssh-keygen -l -f ${`${path}.pub`}`;
  const clear = sh`rm -f -- ${[path, `${path}.pub`]}`;
  const summary = `make the ${type} key ${path}`;
  if (passphrase === null) {
    return runChange(summary, sh`${clear} && ssh-keygen ${options} -N '' -f ${path} </dev/null && ${shown}`, {
      undo: clear,
    });
  }
  const script = sh`${clear}; d=$(mktemp -d) || exit 1; trap 'rm -rf "$d"' EXIT; cat >"$d/p" && printf '#!/bin/sh\ncat "%s"\n' "$d/p" >"$d/ask" && chmod 700 "$d/ask" &&
SSH_ASKPASS="$d/ask" SSH_ASKPASS_REQUIRE=force DISPLAY=: ssh-keygen ${options} -f ${path} </dev/null >/dev/null && ${shown}`;
  return runChange(summary, script, { undo: clear, stdin: Buffer.from(passphrase) });
}

/** Derives the public key again, with its comment. */
function publish({ path, comment }: KeyArgs): Change {
  const file = `${path}.pub`;
  const script = sh`k=$(ssh-keygen -y -f ${path} </dev/null) && set -- $k && printf '%s\n' "$1 $2"${comment === null ? sh`` : sh`" "${comment}`} >${file} && cat ${file} && printf '\036\n' && ssh-keygen -l -f ${file}`;
  return runChange(`write the public key ${file}`, script);
}
