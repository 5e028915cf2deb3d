import { quote } from '../quote.ts';

/**
 * Sent once to each new shell. The nonce stands in function bodies only: not in a variable, an argument list or the
 * environment, so that nothing the shell starts can read it. `echo`, `printf`, `eval`, `read` are built in everywhere.
 *
 * - `_e SEQ RC` closes a frame on both streams.
 * - `_r SEQ SCRIPT SETUP [STDIN]` runs a command of the user in a session of its own, none of our descriptors open in
 *   it, its output through pipes of its own. A background job that keeps those open cannot reach a later frame. Its end
 *   is told at once (`x`), even if such a job still holds the pipes. SCRIPT ends with `_x` or `_n`.
 * - `_x WORD...` becomes a program; `_n TEXT` becomes a fresh shell that runs a text.
 * - `_c` gives back the locale that was there before ours.
 * - `_m` relays what a command says on stderr. Most say nothing: it waits by `read`, which spares a process, and hands
 *   over to `cat` with the first line (a NUL byte in that line is lost).
 */
export function prelude(nonce: string, shell: string): string {
  return `_l=\${LC_ALL-}; LC_ALL=C; export LC_ALL; _u=$(umask)
_e() { echo "${nonce}:$1:e:$2;"; echo "${nonce}:$1:e:;" >&2; }
if command -v setsid >/dev/null 2>&1; then _x() { exec setsid "$@"; }; else _x() { exec "$@"; }; fi
_n() { _x ${quote(shell)} -c "$1"; }
_c() { if [ -n "$_l" ]; then LC_ALL=$_l; else unset LC_ALL; fi; }
_m() { if IFS= read -r _t; then printf '%s\\n' "$_t"; exec cat; else printf %s "$_t"; fi; }
_r() {
  { { {
    eval "$3"
    if [ $# -gt 3 ]; then printf %b "$4" | ( eval "$2" ) 2>&3 3>&- 5>&- 6>&-
    else ( eval "$2" ) </dev/null 2>&3 3>&- 5>&- 6>&-; fi
    echo "${nonce}:$1:x:$?;" >&5
  } 2>/dev/null | cat >&5 3>&- 5>&- 6>&-; } 3>&1 | _m >&6 5>&- 6>&-; } 5>&1 6>&2
}
${STAT}`;
}

/**
 * `_lk PATH DIGEST|- LIMIT|-` looks at a path once: a line of numbers and names; for a link the same of where it leads
 * (or a line without), the length of its text and the text; the digest's line if one is wanted; the content if it is
 * wanted. rc 1 if nothing is there, 3 if it is no file, 5 if it is larger than the limit.
 */
const STAT = `
_st() { stat $2 -c '%f|%u|%g|%s|%.9X|%.9Y|%.9Z|%i|%h|%d|%b|%U|%G' -- "$1" 2>/dev/null; }
_lk() {
  [ -e "$1" ] || [ -L "$1" ] || return 1
  _o=$(_st "$1") || return 4
  echo "$_o"
  if [ -L "$1" ]; then
    _o=$(_st "$1" -L); echo "$_o"
    _t=$(readlink -- "$1"); echo "\${#_t}"; printf '%s\\n' "$_t"
  fi
  if [ "$2" != - ]; then
    if [ -f "$1" ] && [ -r "$1" ]; then "$2sum" <"$1" 2>/dev/null || openssl dgst "-$2" -r <"$1" 2>/dev/null || echo; else echo; fi
  fi
  [ "$3" != - ] || return 0
  [ -f "$1" ] || return 3
  _z=\${_o#*|*|*|}
  [ "\${_z%%|*}" -le "$3" ] || return 5
  cat -- "$1" || return 4
}
`;
