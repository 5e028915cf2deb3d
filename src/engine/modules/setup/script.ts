import { Script } from '../../model/script.ts';
import { sh } from '../../remote/quote.ts';
import type { Collector } from './collector.ts';

const section = String.raw`section() { printf '\036%s\n' "$1"; }`;

/**
 * The script that looks for everything that `collectors` want, at the cost of few processes: paths and commands are
 * looked for by the shell itself, and one `head` reads all files. Groups' texts are constants of ours.
 */
export function gatheringScript(collectors: readonly Collector[], factPath: string, timeout: number): Script {
  const files = all(collectors, ({ files }) => files);
  const paths = all(collectors, ({ paths }) => paths);
  const commands = all(collectors, ({ commands }) => commands);
  const parts = [
    section,
    sh`fact_path=${factPath}; gather_timeout=${timeout}`.text,
    `section paths; for p in ${paths.join(' ')}; do [ ! -e "$p" ] || printf '%s\\n' "$p"; done`,
    `section commands; for c in ${commands.join(' ')}; do ! command -v $c >/dev/null || printf '%s\\n' $c; done`,
    ...collectors.flatMap(({ script }) => (script ? [script] : [])),
    // last, since pseudo files change while the rest is asked; `head` (unlike `tail`) goes on after a file
    // that cannot be read, and /dev/null makes it name even a single file
    `section files; head -n 999999999 ${files.join(' ')} /dev/null 2>/dev/null`,
    ':',
  ];
  return new Script(parts.join('\n'));
}

function all(collectors: readonly Collector[], pick: (one: Collector) => readonly string[] | undefined): string[] {
  return [...new Set(collectors.flatMap((one) => pick(one) ?? []))];
}
