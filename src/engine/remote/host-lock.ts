import { TsplayError } from '../model/errors.ts';
import { sh } from './quote.ts';
import type { Shell } from './shell/shell.ts';

/** Who works on a host: told to others who want to. */
export interface LockHolder {
  readonly run: string;
  /** `user@machine` of the controller. */
  readonly who: string;
  readonly pid: number;
  /** When it began: ISO 8601, UTC. */
  readonly since: string;
}

/**
 * Takes the lock of a host by a shell on it, for as long as that shell and its connection live. It stands in /run/lock
 * (or /tmp, where there is none), so that a restart of the host ends it. Throws TsplayError('unreachable') naming who has it.
 */
export async function lockHost(shell: Shell, host: string, { run, who, pid, since }: LockHolder): Promise<void> {
  const text = [run, who, String(pid), since].map((part) => part.replace(/[|\s]/g, '_')).join('|');
  const script = sh`${FUNCTIONS}; _take ${text}`;
  const { rc, stdout } = await shell.frame((sequence) => `( ${script.text} ) </dev/null; _e ${sequence} $?`);
  if (rc === 0) return;
  const [otherRun = '', otherWho = '', otherPid = '', otherSince = ''] = stdout.toString().trim().split('|');
  throw new TsplayError(
    'unreachable',
    `the host ${host} is locked by run ${otherRun} of ${otherWho} (process ${otherPid}), since ${otherSince}`,
    { hint: 'wait with --wait-lock SECONDS, or go ahead without a lock by --no-lock' },
  );
}

/** Gives the lock up, if it is this run's. */
export async function unlockHost(shell: Shell, { run }: LockHolder): Promise<void> {
  const script = sh`${FUNCTIONS}; _give ${run}`;
  await shell.frame((sequence) => `( ${script.text} ) </dev/null; _e ${sequence} $?`);
}

/**
 * The lock is a file made by `set -C`, which needs no process. The last fields are the shell that holds it and that
 * shell's parent: once the connection is gone the shell has another parent, or is gone too, and the lock is stale.
 * Whoever takes a stale one over makes a folder first, so that of two who saw it one does.
 */
const FUNCTIONS = sh`
_f=/run/lock/tsplay.lock; [ -w /run/lock ] || _f=/tmp/.tsplay.lock
_new() { ( set -C; umask 022; printf '%s\n' "$1|$$|$PPID" >"$_f" ) 2>/dev/null; }
_read() { _h=; IFS= read -r _h 2>/dev/null <"$_f"; }
_stale() {
  _p=\${_h%|*}; _p=\${_p##*|}; _q=\${_h##*|}
  case $_p in ''|*[!0-9]*) return 0;; esac
  [ -d /proc/self ] || { kill -0 "$_p" 2>/dev/null && return 1; return 0; }
  _s=; IFS= read -r _s 2>/dev/null <"/proc/$_p/stat" || return 0
  _s=\${_s##*) }; _s=\${_s#* }
  [ "\${_s%% *}" != "$_q" ]
}
_take() {
  for _n in 1 2 3; do
    _new "$1" && return 0
    _read || continue
    [ "\${_h%%|*}" = "\${1%%|*}" ] || _stale || { printf '%s\n' "$_h"; return 1; }
    if mkdir "$_f.over" 2>/dev/null; then rm -f "$_f"; rmdir "$_f.over"; fi
  done
  [ -e "$_f" ] || return 0
  printf '%s\n' "$_h"; return 1
}
_give() { if _read && [ "\${_h%%|*}" = "$1" ]; then rm -f "$_f"; fi; }`;
