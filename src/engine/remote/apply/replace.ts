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
export function nameTemporary({ path, unsafeWrites }: Replacement, token: string): Script {
  const slash = path.lastIndexOf('/');
  const folder = slash < 0 ? '.' : path.slice(0, slash) || '/';
  return sh`d=${folder}; h=$(uname -n); t=$d/.tsplay-$h.$$.${token}; ${sweep()}; ${unsafeFlag(unsafeWrites)}; ${moveElsewhere()}`;
}

/** Removes from the folder `$d` what processes of the host `$h` left that are gone. */
export function sweep(): Script {
  return sh`for f in "$d"/.tsplay-"$h".*; do
  p=\${f#"$d/.tsplay-$h."}; p=\${p%%.*}
  case $p in ''|*[!0-9]*) continue ;; esac
  if [ -e "$f" ] && [ ! -e /proc/"$p" ] && ! kill -0 "$p" 2>/dev/null; then rm -rf -- "$f"; fi
done`;
}

/** `$unsafe` is not empty where a file may be written in place; the host's environment may ask for it too. */
function unsafeFlag(unsafeWrites: boolean | undefined): Script {
  if (unsafeWrites !== undefined) return sh`unsafe=${unsafeWrites ? 1 : ''}`;
  return sh`case \${ANSIBLE_UNSAFE_WRITES-} in 1|[Tt]|[Tt]rue|[Yy]|[Yy]es|[Oo]n) unsafe=1;; *) unsafe=;; esac`;
}

/** A folder that takes no new file may still hold one that can be written. */
function moveElsewhere(): Script {
  return sh`if [ -n "$unsafe" ]; then if ( umask 077; set -C; : >"$t" ) 2>/dev/null; then rm -f -- "$t"; else t=\${TMPDIR:-/tmp}/\${t##*/}; fi; fi`;
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
    ...takeOver(path, attributes),
    ...otherSteps(TEMPORARY, { ...attributes, chattr: undefined }),
    sh`{ sync "$t" 2>/dev/null || :; }`,
    ...(wanted.backup ? [keepCopy(path)] : []),
    rename(wanted),
    ...otherSteps(path, { chattr: attributes.chattr }),
  ];
  return sh`${unsafeFlag(wanted.unsafeWrites)}; { ${join(steps, ' && ')}; } || ${giveUp()}; sync "$d" 2>/dev/null; exit 0`;
}

/** Steps that give `$t` owner, group and mode: those asked for, and what the file that is there has. */
export function takeOver(path: string, attributes: Attributes): Script[] {
  return [
    ...inheritOwner(path, attributes),
    ...ownerSteps(TEMPORARY, attributes),
    inheritRest(path, attributes),
    ...(attributes.mode === undefined ? [] : attributeSteps(TEMPORARY, { mode: attributes.mode })),
  ];
}

/** Where just one of owner and group is asked for, the other is that of the file that is there. */
function inheritOwner(path: string, { owner, group }: Attributes): Script[] {
  if ((owner === undefined) === (group === undefined)) return [];
  const chown = sh`s=$(stat -L -c %u:%g -- ${path}) && chown "$s" "$t" 2>/dev/null`;
  return [sh`{ [ ! -e ${path} ] || { ${chown}; } || :; }`];
}

/**
 * What the file that is there has beyond that: mode, access control list, extended attributes, and owner and group
 * where none is asked for. What a user may not give away stays theirs. A new file gets what the umask allows.
 */
function inheritRest(path: string, { owner, group, selinux }: Attributes): Script {
  const owned = owner === undefined && group === undefined;
  const chown = owned ? sh`chown "\${s%% *}" "$t" 2>/dev/null;` : sh``;
  // Not every cp knows how, nor every file system: then it is done step by step.
  const plain = sh`{ s=$(stat -L -c '%u:%g %a' -- ${path}) && { ${chown} chmod "\${s##* }" "$t"; }; }`;
  const kept = owned ? 'mode,ownership,xattr' : 'mode,xattr';
  const whole = sh`{ [ -f ${path} ] && cp --attributes-only --preserve=${kept} -- ${path} "$t" 2>/dev/null; }`;
  const context = sh`[ ! -e /sys/fs/selinux/enforce ] || chcon --reference=${path} "$t" 2>/dev/null || :`;
  const labelled =
    selinux === undefined ? sh`{ ${whole} || ${plain}; } && { ${context}; }` : sh`{ ${whole} || ${plain}; }`;
  return sh`if [ -e ${path} ]; then ${labelled}; else chmod =rw "$t"; fi`;
}

function rename({ path }: Replacement): Script {
  const move = sh`mv -f -- "$t" ${path}`;
  // A bind mount cannot be replaced, only written through.
  return sh`{ if [ -n "$unsafe" ]; then ${move} 2>/dev/null || { cat "$t" >${word(path)} && rm -f -- "$t"; }; else ${move}; fi; }`;
}

function giveUp(): Script {
  return sh`{ e=$?; rm -f -- "$t"; exit $e; }`;
}
