import type { Change, Outcome } from '../../model/change.ts';
import type { Value } from '../../model/value.ts';
import { sh } from '../../remote/quote.ts';
import { stateWord } from '../files/facts.ts';
import type { Wanted } from '../files/wanted.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { Plan, Result } from '../types.ts';
import { type ArchiveSource, detectPacking, handlerName, openArchive, sourceName, stdinOf } from './archive.ts';
import type { ArchiveArgs, ArchiveState } from './inspect.ts';
import { escapeProblem, type Member, placesOf } from './members.ts';

export interface UnpackArgs extends ArchiveArgs {
  readonly keep_newer: boolean;
  readonly list_files: boolean;
  /** As written: chmod takes the same words. */
  readonly mode: Value;
}

export function planUnpack(args: UnpackArgs, wanted: Wanted, source: ArchiveSource, state: ArchiveState): Plan {
  const { dest } = args;
  const src = sourceName(source);
  if (state.created) {
    const msg = `skipped, since ${args.creates} exists`;
    return { changes: [], skipped: true, result: { msg } };
  }
  const fail = (failed: string): Plan => ({ changes: [], failed, result: { dest, src } });
  if (state.dest?.kind !== 'directory') return fail(`dest '${dest}' must be an existing dir`);
  if (state.problem === 'missing') return fail(`Source '${src}' does not exist`);
  if (state.problem === 'unreadable') return fail(`Source '${src}' is empty or not readable`);
  if (state.problem === 'download') return fail(`Failure downloading ${src}: ${state.detail}`);
  if (state.problem) {
    const advice = 'Make sure the required command to extract the file is installed.';
    return fail(`Failed to find handler for "${src}". ${advice}\n${state.detail}`);
  }
  const problem = escapeProblem(state.members);
  if (problem !== undefined) return fail(`archive ${src} is not unpacked: ${problem}`);
  const result: Result = {
    dest,
    src,
    handler: handlerName(state.packing),
    uid: state.dest.uid,
    gid: state.dest.gid,
    owner: state.dest.owner,
    group: state.dest.group,
    mode: state.dest.mode.toString(8).padStart(4, '0'),
    state: stateWord(state.dest),
    size: state.dest.size,
    ...(args.list_files && { files: state.members.map(({ name }) => name.replace(/^\/+/, '')) }),
  };
  const different = realDifferences(state.differences, wanted);
  const unpacks = different.length > 0;
  const changes: Change[] = unpacks ? [unpack(args, source, state, different)] : [];
  if (unpacks || state.attributesDiffer) changes.push(...setAttributes(args, wanted, state.members));
  return { changes, changed: unpacks || state.attributesDiffer, result };
}

const everyTime =
  /: (Mod time differs|Contents differ|Size differs|Symlink differs|Invalid (owner|group)|Not linked|File type differs)|Cannot stat/;

/** Lines that call for unpacking: owner and mode do not where the task sets them itself. */
function realDifferences(lines: readonly string[], wanted: Wanted): string[] {
  return lines.filter((line) => {
    if (/: : Warning: Cannot stat/.test(line)) return false;
    if (line.endsWith(': Uid differs')) return wanted.owner === undefined;
    if (line.endsWith(': Gid differs')) return wanted.group === undefined;
    if (line.endsWith(': Mode differs')) return wanted.mode === undefined;
    return everyTime.test(line);
  });
}

function unpack(
  args: UnpackArgs,
  source: ArchiveSource,
  { packing }: ArchiveState,
  different: readonly string[],
): Change {
  const { dest, exclude, include, extra_opts: options } = args;
  const zipped = [...include, ...(exclude.length > 0 ? ['-x', ...exclude] : [])];
  const newer = args.keep_newer ? ['--keep-newer-files'] : [];
  const chosen = exclude.map((pattern) => `--exclude=${pattern}`);
  const tool =
    packing === 'zip'
      ? sh`unzip -q ${args.keep_newer ? '-u' : '-o'} -o ${options} "$a" ${zipped} -d ${dest}`
      : sh`tar -x $z -C ${dest} ${options} ${newer} ${chosen} -f "$a" ${include}`;
  return runChange(
    `unpack ${sourceName(source)} into ${dest}`,
    sh`LC_ALL=C; export LC_ALL; ${openArchive(source)}; ${detectPacking}; ${tool} && exit 0; rc=$?; ${tellFullDisk(dest)}; exit $rc`,
    {
      ...stdinOf(source),
      diff: { before: '', after: '', prepared: different.map((line) => `${line}\n`).join('') },
    },
  );
}

/** tar says only that it wrote less than it should. */
function tellFullDisk(dest: string) {
  const few = 64; // blocks of 1 KiB
  return sh`df -Pk -- ${dest} 2>/dev/null | { read -r _; read -r _ _ _ free _; [ "$free" -ge ${few} ] || echo 'no space left on the device' >&2; }`;
}

/** Owner, group and mode that the task names go to all that came out of the archive. */
function setAttributes(args: UnpackArgs, { owner, group, mode }: Wanted, members: readonly Member[]): Change[] {
  const stdin = Buffer.from(
    placesOf(members)
      .map((name) => `./${name}\0`)
      .join(''),
  );
  const each = (summary: string, script: ReturnType<typeof sh>) =>
    runChange(`${summary} in ${args.dest}`, script, { stdin });
  const within = sh`cd ${args.dest} &&`;
  const changes: Change[] = [];
  if (owner !== undefined) changes.push(each(`set owner ${owner}`, sh`${within} xargs -0 chown -h ${owner}`));
  if (group !== undefined) changes.push(each(`set group ${group}`, sh`${within} xargs -0 chgrp -h ${group}`));
  if (mode !== undefined) {
    const bits = mode.kind === 'octal' ? mode.bits.toString(8) : String(args.mode);
    const script = sh`${within} xargs -0 sh -c 'for f; do [ -L "$f" ] || chmod -- "$0" "$f" || exit 255; done' ${bits}`;
    changes.push(each(`set mode ${bits}`, script));
  }
  return changes;
}

export function reportUnpack(changes: readonly Change[], outcomes: readonly Outcome[], base: Result): Partial<Plan> {
  const [first] = outcomes;
  const unpacks = changes[0]?.summary.startsWith('unpack ') && first;
  const results = unpacks && {
    extract_results: new Map<string, string | number>([
      ['rc', first.rc],
      ['out', textOf(first.stdout)],
      ['err', textOf(first.stderr)],
    ]),
  };
  const failure = failedChange(changes, outcomes);
  if (!failure) return { result: { ...results } };
  const said = textOf(failure.outcome.stderr) || textOf(failure.outcome.stdout);
  const what =
    failure.index === 0 && unpacks ? `failed to unpack ${base['src']} to ${base['dest']}` : failure.change.summary;
  return { failed: `${what}: ${said}`, result: { ...results } };
}
