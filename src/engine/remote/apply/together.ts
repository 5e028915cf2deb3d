import { randomBytes } from 'node:crypto';
import type { Change, Outcome } from '../../model/change.ts';
import { Script } from '../../model/script.ts';
import { join, sh } from '../quote.ts';
import type { Runner } from '../runner.ts';
import { printfWord } from '../shell/printf.ts';
import type { ChangeOf } from './apply.ts';
import { sweep, takeOver } from './replace.ts';

type Write = ChangeOf<'write'>;

/** Files and bytes that go in one frame at most. */
const FILES = 200;
const BYTES = 512 * 1024;

/**
 * The changes in their order, those next to each other that can be made together as one member. A small file for which
 * nothing but its owner and mode is asked costs about two processes of the host less that way than five.
 */
export function groupChanges(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  let paths = new Set<string>();
  let size = 0;
  for (const change of changes) {
    const last = groups.at(-1);
    const bytes = plainSize(change);
    const joins = bytes !== undefined && last && last.length < FILES && plainSize(last[0]!) !== undefined;
    if (joins && size + bytes <= BYTES && !paths.has((change as Write).path)) {
      last.push(change);
      size += bytes;
    } else {
      groups.push([change]);
      paths = new Set();
      size = bytes ?? 0;
    }
    if (bytes !== undefined) paths.add((change as Write).path);
  }
  return groups;
}

/** Bytes of a write that can go with others; undefined for anything else. */
function plainSize(change: Change): number | undefined {
  if (change.kind !== 'write' || !('bytes' in change.content)) return undefined;
  const { path, attributes, content } = change;
  const more = change.backup || change.validate !== undefined || change.unsafeWrites;
  const special = Object.entries(attributes).some(
    ([name, value]) => value !== undefined && !['owner', 'group', 'mode'].includes(name),
  );
  return more || special || !path.startsWith('/') || path.endsWith('/') ? undefined : content.bytes.length;
}

/** Writes files, each replaced by rename, in one frame. Undefined if anything was amiss: then they are to be written one by one. */
export async function applyTogether(changes: readonly Write[], runner: Runner): Promise<Outcome[] | undefined> {
  const start = Date.now() / 1000;
  const done = await runner.script(script(changes, randomBytes(6).toString('hex')));
  if (done.rc !== 0) return undefined;
  const end = Date.now() / 1000;
  return changes.map(() => ({ rc: 0, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), start, end }));
}

/** The files grow in a folder of ours beside their places, under their own names, so that one `mv` takes all of a folder. */
function script(changes: readonly Write[], token: string): Script {
  const folders = new Map<string, Write[]>();
  for (const change of changes) {
    const folder = folderOf(change.path);
    folders.set(folder, [...(folders.get(folder) ?? []), change]);
  }
  const names = [...folders.keys()];
  const hidden = names.map(hiddenIn);
  const steps = [
    ...hidden.map((folder) => sh`mkdir -- ${folder}`),
    ...changes.map((change) => sh`printf %b ${wordOf(change)} >${growing(change)} && [ ! -d ${change.path} ]`),
    sh`umask "$_u"`,
    ...attributes(changes),
    sh`{ sync ${spaced(changes.map(growing))} 2>/dev/null || :; }`,
    ...[...folders].map(([folder, files]) => sh`mv -f -- ${spaced(files.map(growing))} ${`${folder}/`}`),
  ];
  const end = sh`r=$?; rm -rf -- ${spaced(hidden)}; sync ${names} 2>/dev/null; exit $r`;
  const sweeps = join(names.map((folder) => sh`d=${folder}; ${sweep()}`));
  return sh`h=$(uname -n); x=.tsplay-$h.$$.${token}; ${sweeps}; umask 077; ${join(steps, ' && ')}; ${end}`;
}

/** New files of one kind get theirs in one go; what replaces a file takes over what that one has. */
function attributes(changes: readonly Write[]): Script[] {
  const kinds = new Map<string, Write[]>();
  const steps: Script[] = [];
  for (const change of changes) {
    const { owner, group, mode } = change.attributes;
    if (change.before.kind !== 'absent' || mode === undefined) {
      steps.push(sh`t=${growing(change)}`, ...takeOver(change.path, change.attributes));
      continue;
    }
    const kind = JSON.stringify([owner, group, mode]);
    kinds.set(kind, [...(kinds.get(kind) ?? []), change]);
  }
  for (const files of kinds.values()) {
    const { owner, group, mode = 0 } = files[0]!.attributes;
    const paths = spaced(files.map(growing));
    if (owner !== undefined) steps.push(sh`chown ${group === undefined ? owner : `${owner}:${group}`} ${paths}`);
    else if (group !== undefined) steps.push(sh`chgrp ${group} ${paths}`);
    steps.push(sh`chmod ${mode.toString(8).padStart(4, '0')} ${paths}`);
  }
  return steps;
}

function wordOf({ content }: Write): Script {
  return new Script(printfWord('bytes' in content ? content.bytes : Buffer.alloc(0)));
}

function hiddenIn(folder: string): Script {
  return sh`${`${folder}/`}"$x"`;
}

function growing({ path }: Write): Script {
  return sh`${hiddenIn(folderOf(path))}${`/${path.slice(path.lastIndexOf('/') + 1)}`}`;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function spaced(words: readonly Script[]): Script {
  return join(words, ' ');
}
