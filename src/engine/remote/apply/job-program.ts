import { Script } from '../../model/script.ts';
import { sh } from '../quote.ts';
import { printfWord } from '../shell/printf.ts';
import { OUTPUT_LIMIT } from '../shell/shell.ts';
import type { DetachedJob } from '../types.ts';
import type { ChangeOf } from './apply.ts';

/**
 * What the process of a job runs: the command in a session of its own, somebody who watches its time, and then the
 * result as JSON in the place of the job's file.
 */
export function jobProgram(
  { script, program, stdin }: ChangeOf<'run'>,
  { folder, id, seconds, known }: DetachedJob,
): Script {
  const path = `${folder}/${id}`;
  const input = new Script(stdin ? printfWord(stdin) : "''");
  const command = program ? sh`${script}; exec $s ${program}` : sh`exec $s /bin/sh -c ${script.text}`;
  // Braces: all is read before the first command runs, which would read the rest otherwise.
  return sh`{
trap '' HUP
${FUNCTIONS}
s=; if command -v setsid >/dev/null 2>&1; then s=setsid; fi
t=$(umask 077; mktemp -d ${path}.XXXXXXXX) || exit 1
began=$(_now)
printf %b ${input} | {
  exec 4<&0
  ( ${command} ) <&4 4<&- >"$t/out" 2>"$t/err" & p=$!
  ( n=0
    while kill -0 $p && [ $n -lt ${seconds} ]; do sleep 5; n=$((n + 5)); done
    if kill -0 $p; then : >"$t/late"; kill -KILL -$p || kill -KILL $p; fi ) 4<&- >/dev/null 2>&1 & w=$!
  wait $p; rc=$?
  kill $w
  umask 077
  if [ -e "$t/late" ]; then
    printf '{"failed": true, "msg": "Timeout exceeded", "child_pid": %s}' $p
  else
    printf '{%s, "rc": %s, ' ${known} $rc
    _times $began $(_now)
    printf ', "stdout": "'; _text "$t/out"
    printf '", "stderr": "'; _text "$t/err"
    if [ $rc = 0 ]; then printf '", "msg": ""}'; else printf '", "msg": "non-zero return code", "failed": true}'; fi
  fi >"$t/result"
  mv -f -- "$t/result" ${path}
  rm -rf -- "$t"
}
exit
}
`;
}

/** For `sed`: a line as the inside of a JSON text, byte by byte. */
function escapes(): string {
  const codes = Array.from({ length: 31 }, (_, index) => index + 1).filter((code) => code !== 10);
  const byCode = codes.map((code) => {
    const hex = code.toString(16).padStart(4, '0');
    return `s/${String.fromCharCode(code)}/\\\\u${hex}/g`;
  });
  return ['s/[\\\\"]/\\\\&/g', '/[[:cntrl:]]/!b', ...byCode].join('\n');
}

/**
 * - `_now`: the seconds and nanoseconds since the epoch, the day and the time.
 * - `_times`, with two of those: `start`, `end` and `delta` of a result.
 * - `_text FILE`: its bytes as the inside of a JSON text.
 */
const FUNCTIONS = sh`_now() { n=$(date +%N); case $n in ''|*[!0-9]*) n=000000000 ;; esac; date "+%s $n %Y-%m-%d %H:%M:%S"; }
_times() {
  awk -v s="$1" -v n="$2" -v e="$5" -v m="$6" -v begin="$3 $4" -v end="$7 $8" 'BEGIN {
    u = (e - s) * 1000000 + int(m / 1000) - int(n / 1000); if (u < 0) u = 0
    w = int(u / 1000000)
    printf "\"start\": \"%s.%06d\", \"end\": \"%s.%06d\", ", begin, n / 1000, end, m / 1000
    printf "\"delta\": \"%d:%02d:%02d.%06d\"", w / 3600, w / 60 % 60, w % 60, u % 1000000 }'
}
_text() {
  { head -c ${OUTPUT_LIMIT} "$1" | tr -d '\000'; printf x; } | LC_ALL=C sed ${escapes()} |
    LC_ALL=C awk 'NR > 1 { printf "%s%s", line, "\\n" } { line = $0 } END { printf "%s", substr(line, 1, length(line) - 1) }'
}`;
