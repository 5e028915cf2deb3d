import type { Attributes } from '../../model/change.ts';
import { Script } from '../../model/script.ts';
import { join, sh } from '../quote.ts';
import { attributeSteps, otherSteps, ownerSteps, word } from './attribute-script.ts';
import { keepCopy } from './backup.ts';
import { validation } from './validate.ts';

export interface Replacement {
  readonly path: string;
  readonly attributes: Attributes;
  readonly backup?: boolean | undefined;
  readonly validate?: string | undefined;
  readonly unsafeWrites?: boolean | undefined;
}

const TEMPORARY = new Script('"$t"');

/**
 * Names the temporary file `$t`: in the same folder, so that it can be renamed; with host and process, so that what a
 * crash left can be told from what another run is writing now, and is removed here.
 */
export function nameTemporary(path: string, token: string): Script {
  const slash = path.lastIndexOf('/');
  const folder = slash < 0 ? '.' : path.slice(0, slash) || '/';
  return sh`d=${folder}; h=$(uname -n); t=$d/.tsplay-$h.$$.${token}
for f in "$d"/.tsplay-"$h".*; do
  p=\${f#"$d/.tsplay-$h."}; p=\${p%%.*}
  case $p in ''|*[!0-9]*) continue ;; esac
  if [ -f "$f" ] && [ ! -e /proc/"$p" ] && ! kill -0 "$p" 2>/dev/null; then rm -f -- "$f"; fi
done`;
}

/** Makes `$t`, which must not exist, readable by its owner alone, with the bytes that stand in `$_i`. */
export function fillTemporary(): Script {
  // dash's own printf hides why it cannot write, so that cat is to say it.
  return sh`umask 077; set -C; printf %b "$_i" >"$t" 2>/dev/null || { rm -f -- "$t"; printf %b "$_i" | cat >"$t"; } || ${giveUp()}; set +C; umask "$_u"`;
}

/**
 * Checks `$t`, gives it the attributes of the file it replaces (where no others are asked for) and moves it into place.
 * Any step that fails removes it and leaves the old file as it was.
 */
export function moveIntoPlace(wanted: Replacement): Script {
  const { path, attributes } = wanted;
  const steps = [
    ...(wanted.validate === undefined ? [] : [validation(wanted.validate)]),
    sh`if [ -d ${path} ]; then echo ${`${path} is a directory`} >&2; false; fi`,
    inheritOwner(path, attributes),
    ...ownerSteps(TEMPORARY, attributes),
    ...(attributes.mode === undefined ? [inheritMode()] : attributeSteps(TEMPORARY, { mode: attributes.mode })),
    ...otherSteps(TEMPORARY, { ...attributes, chattr: undefined }),
    sh`{ sync "$t" 2>/dev/null || :; }`,
    ...(wanted.backup ? [keepCopy(path)] : []),
    rename(wanted),
    ...otherSteps(path, { chattr: attributes.chattr }),
  ];
  return sh`{ ${join(steps, ' && ')}; } || ${giveUp()}; sync "$d" 2>/dev/null; exit 0`;
}

/** Sets `$s` to owner, group and mode of the file that is there; what a user may not give away stays theirs. */
function inheritOwner(path: string, attributes: Attributes): Script {
  const chown =
    attributes.owner !== undefined && attributes.group !== undefined
      ? sh`:`
      : sh`chown "\${s%% *}" "$t" 2>/dev/null || :`;
  const context = attributes.selinux === undefined ? sh`chcon --reference=${path} "$t" 2>/dev/null || :` : sh`:`;
  return sh`{ s=; if [ -e ${path} ]; then s=$(stat -L -c '%u:%g %a' -- ${path}) || s=; ${chown}; if [ -e /sys/fs/selinux/enforce ]; then ${context}; fi; fi; }`;
}

/** The mode of the old file; a new one gets what the umask allows. */
function inheritMode(): Script {
  return sh`if [ -n "$s" ]; then chmod "\${s##* }" "$t"; else chmod =rw "$t"; fi`;
}

function rename({ path, unsafeWrites }: Replacement): Script {
  const move = sh`mv -f -- "$t" ${path}`;
  // A bind mount cannot be replaced, only written through.
  return unsafeWrites ? sh`{ ${move} 2>/dev/null || { cat "$t" >${word(path)} && rm -f -- "$t"; }; }` : move;
}

function giveUp(): Script {
  return sh`{ e=$?; rm -f -- "$t"; exit $e; }`;
}
