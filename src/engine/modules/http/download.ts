import type { Attributes, Outcome } from '../../model/change.ts';
import type { Script } from '../../model/script.ts';
import { digestOfFile } from '../../remote/digest.ts';
import { join, sh } from '../../remote/quote.ts';
import { problemOf } from './answer.ts';
import type { WantedChecksum } from './checksum.ts';

export interface Download {
  readonly path: string;
  readonly attributes: Attributes;
  readonly checksum: WantedChecksum | undefined;
  readonly backup: boolean;
  /** Where the file grows, instead of beside its place. */
  readonly folder: string | null;
}

/**
 * Downloads beside the destination, checks, and moves into place; curl's configuration comes on standard input. Prints
 * one fact a line, each with its name. Whatever ends it, no half file stays.
 */
export function downloadScript({ path, attributes, checksum, backup, folder }: Download): Script {
  const place = folder === null ? `${path}.XXXXXXXX` : `${folder}/download.XXXXXXXX`;
  const start = sh`t=$(mktemp -- ${place}) || exit 1; trap 'rm -f -- "$t"' EXIT; trap 'exit 143' HUP INT TERM`;
  const get = sh`s=$(curl --config - --output "$t" --write-out '%{http_code}') || { r=$?; echo "status $s"; exit $r; }; echo "status $s"; case $s in 2??|000) ;; *) exit 22;; esac`;
  const steps = [
    start,
    get,
    ...verification(checksum),
    ownership(path, attributes),
    ...(backup ? [copyKept(path)] : []),
  ];
  const sums = sh`echo "sha1 $(sha1sum <"$t")"; echo "md5 $(md5sum <"$t")"; echo "size $(wc -c <"$t")"`;
  return join([...steps, sums, sh`mv -f -- "$t" ${path}`], '; ');
}

function verification(checksum: WantedChecksum | undefined): Script[] {
  if (!checksum || checksum.problem !== undefined) return [];
  const digest = digestOfFile(checksum.algorithm, sh`"$t"`);
  return [sh`c=$(${digest}); c=\${c%% *}; [ "$c" = ${checksum.digest} ] || { echo "mismatch $c"; exit 23; }`];
}

/** As the file that is replaced, where nothing else is asked for. */
function ownership(path: string, { owner, group, mode }: Attributes): Script {
  const old = sh`if s=$(stat -L -c '%u:%g %a' -- ${path} 2>/dev/null); then chown "\${s%% *}" "$t" 2>/dev/null; chmod "\${s##* }" "$t"; else chmod =rw "$t"; fi`;
  const fail = sh`exit 1`;
  const steps = [old];
  if (owner !== undefined) steps.push(sh`chown ${owner} "$t" || ${fail}`);
  if (group !== undefined) steps.push(sh`chgrp ${group} "$t" || ${fail}`);
  if (mode !== undefined) steps.push(sh`chmod ${mode.toString(8).padStart(4, '0')} "$t" || ${fail}`);
  return join(steps, '; ');
}

function copyKept(path: string): Script {
  return sh`b=${path}.$$.$(date +%Y-%m-%d@%H:%M:%S)~; cp -p -- ${path} "$b" || exit 1; printf 'backup %s\n' "$b"`;
}

/** What the script printed. `status` is -1 where no server answered. */
export interface Downloaded {
  readonly status: number;
  readonly message: string;
  readonly sha1: string;
  readonly md5: string;
  readonly size: number;
  readonly backup: string;
  readonly mismatch: string | undefined;
}

export function readDownload({ rc, stdout, stderr }: Pick<Outcome, 'rc' | 'stdout' | 'stderr'>): Downloaded {
  const facts = new Map(
    stdout
      .toString()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const),
  );
  const code = Number(facts.get('status') ?? 0);
  const size = Number(facts.get('size') ?? 0);
  const said = stderr
    .toString()
    .trim()
    .replace(/^curl: /, '');
  const answered = code > 0 || rc === 0;
  const failure = answered ? `HTTP Error ${code}` : `Request failed: <urlopen error ${problemOf(rc, said)}>`;
  const local = rc !== 0 && code >= 200 && code < 300 ? said : failure;
  return {
    status: answered ? code : -1,
    message: rc === 0 ? `OK (${size} bytes)` : local,
    sha1: facts.get('sha1')?.split(' ')[0] ?? '',
    md5: facts.get('md5')?.split(' ')[0] ?? '',
    size,
    backup: facts.get('backup') ?? '',
    mismatch: facts.get('mismatch'),
  };
}
