import type { Change } from '../../model/change.ts';
import { join, sh } from '../../remote/quote.ts';
import { runChange } from '../run-change.ts';
import type { UserArgs } from './args.ts';
import type { UserState } from './inspect.ts';

// finds the home folder of an account that may have been made by the change before
const findHome = sh`home=$({ getent passwd "$n" 2>/dev/null || grep "^$n:" /etc/passwd; } | cut -d: -f6)`;

/** A home folder, for an account that has lost it or was made without. */
export function makeHome(args: UserArgs): Change {
  const script = sh`n=${args.name}; ${findHome}; [ -n "$home" ] || exit 1
umask=${args.umask ?? ''}; mode=
if [ -z "$umask" ]; then
  mode=$(sed -n 's/^HOME_MODE[[:space:]]*//p' /etc/login.defs 2>/dev/null)
  umask=$(sed -n 's/^UMASK[[:space:]]*//p' /etc/login.defs 2>/dev/null); [ -n "$umask" ] || umask=022; fi
[ -n "$mode" ] || mode=$(printf '%o' $((0777 & ~0$umask)))
mkdir -p -- "$home" || exit 1
skel=${args.skeleton ?? '/etc/skel'}; [ ! -d "$skel" ] || cp -R "$skel/." "$home/" || exit 1
chown -R "$(id -u "$n"):$(id -g "$n")" "$home" && chmod "$mode" "$home"`;
  return runChange(`make the home folder of ${args.name}`, script);
}

/** An SSH key; its passphrase is asked for by ssh-keygen through a program that reads our standard input. */
export function makeKey(args: UserArgs, { nodename }: UserState): Change {
  const comment = args.ssh_key_comment ?? `ansible-generated on ${nodename}`;
  const bits = args.ssh_key_bits > 0 ? ['-b', String(args.ssh_key_bits)] : [];
  const words = ['-q', '-t', args.ssh_key_type, ...bits, '-C', comment];
  const passphrase = args.ssh_key_passphrase;
  const generate =
    passphrase === null
      ? sh`ssh-keygen ${words} -N '' -f "$key" </dev/null`
      : sh`ask=$(mktemp) && chmod 700 "$ask" || exit 1; trap 'rm -f "$ask"' EXIT
printf '#!/bin/sh\nIFS= read -r p; printf "%%s\\n" "$p"\n' >"$ask"
SSH_ASKPASS=$ask SSH_ASKPASS_REQUIRE=force DISPLAY=:0 ssh-keygen ${words} -f "$key"`;
  const script = sh`n=${args.name}; ${findHome}; key=${args.ssh_key_file ?? `.ssh/id_${args.ssh_key_type}`}
case $key in /*) ;; *) key=$home/$key;; esac
folder=$(dirname "$key")
[ -d "$folder" ] || { mkdir -m 0700 "$folder" && chown "$(id -u "$n"):$(id -g "$n")" "$folder"; } || exit 1
rm -f "$key" "$key.pub"
${generate} || exit 1
chown "$(id -u "$n"):$(id -g "$n")" "$key" "$key.pub" && printf '\036%s\n' "$key" && ssh-keygen -l -f "$key" && cat "$key.pub"`;
  return runChange(`make an SSH key for ${args.name}`, script, {
    ...(passphrase !== null && { stdin: Buffer.from(`${passphrase}\n${passphrase}\n`) }),
  });
}

/** Days of the password's life, where they differ. */
export function changeAge(args: UserArgs, { shadow }: UserState): Change | undefined {
  const wanted: readonly (readonly [number | null, number | undefined, string])[] = [
    [args.password_expire_min, shadow?.min, '-m'],
    [args.password_expire_max, shadow?.max, '-M'],
    [args.password_expire_warn, shadow?.warn, '-W'],
  ];
  const differing = wanted.filter(([wish, current]) => wish !== null && wish !== current);
  if (differing.length === 0) return undefined;
  const words = differing.flatMap(([wish, , option]) => [option, String(wish)]);
  const back = differing.flatMap(([, current, option]) => [option, String(current ?? -1)]);
  const undo = join([sh`chage ${back} -- ${args.name}`]);
  return runChange(`set the password's days of ${args.name}`, sh`chage ${words} -- ${args.name}`, { undo });
}
