/**
 * Shell text, run by a second shell of the same user, that ends what hangs below the shell `root`, by /proc alone.
 *
 * - `ask`: SIGTERM to the sessions of the user's commands, or, where there is none, to all below.
 * - `force`: SIGKILL to all below, and to those sessions.
 * - `cut`: SIGPIPE to our own relays only, so that background jobs live on without us.
 */
export function reap(root: number, how: 'ask' | 'force' | 'cut'): string {
  return `${FIND_BELOW}
_below ${root}
${HOW[how]}`;
}

/** Not `kill -TERM -- ...`, which dash refuses. Sets `own` (processes below ROOT in its session) and `others` (sessions of the others below it). */
const FIND_BELOW = `_below() {
  root=$1 all= own= others= mine=
  for f in /proc/[0-9]*/stat; do
    IFS= read -r line 2>/dev/null <"$f" || continue
    pid=\${line%% *}
    set -- \${line##*) }
    all="$all $pid:$2:$4"
    [ "$pid" = "$root" ] && mine=$4
  done
  found=" $root " more=1
  while [ -n "$more" ]; do
    more=
    for entry in $all; do
      pid=\${entry%%:*} rest=\${entry#*:}
      case $found in *" $pid "*) continue ;; esac
      case $found in *" \${rest%%:*} "*) found="$found$pid " more=1 ;; *) continue ;; esac
      if [ "\${rest#*:}" = "$mine" ]; then own="$own $pid"; else others="$others -\${rest#*:}"; fi
    done
  done
} 2>/dev/null
_end() { signal=$1; shift; for one; do kill -"$signal" "$one" 2>/dev/null; done; }`;

const HOW = {
  ask: 'set -- $others; [ $# -gt 0 ] || set -- $own; _end TERM "$@"',
  force: '_end KILL $others $own',
  // A shell says nothing of a relay that ends by this signal.
  cut: '_end PIPE $own',
} as const;
