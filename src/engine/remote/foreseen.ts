import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Attributes, Change, Content } from '../model/change.ts';
import type { Digest, FileState, HostView } from './types.ts';

/** A path as it would be: what is known of it, its content if that is known, or that nothing is there. */
type Path = { readonly state: FileState; readonly content: (() => Buffer) | undefined } | 'absent';

/**
 * What the earlier tasks of a check would have made of a host's files: later ones see it on top of what is there, so
 * that a file in a folder which is yet to be made is foretold as it would be. The turns of one task's loop do not see
 * each other's, as in Ansible.
 */
export class Foreseen {
  private readonly paths = new Map<string, Path>();
  /** By path: the task that may have written there or below, and was left out. */
  private readonly doubtful = new Map<string, string>();
  private command: string | undefined;
  /** Of the task that is at work, by its name of this time. */
  private fresh: { readonly task: string; readonly changes: Change[] } = { task: '', changes: [] };

  /** What was left out last of earlier tasks: a command, of whose effect nothing is known here, or a whole task; undefined if nothing was. */
  doubt(task: string): string | undefined {
    this.begin(task);
    return this.command;
  }

  /** A task of which nobody knows what it would have done. */
  leaveOut(what: string): void {
    this.command = what;
  }

  /** A path that a left out task may have written. */
  leaveOutPath(path: string, what: string): void {
    this.doubtful.set(tidy(path), what);
  }

  /** Changes that a task would have made. */
  add(changes: readonly Change[], task: string): void {
    this.begin(task);
    this.fresh.changes.push(...changes);
  }

  /** Changes that were really made in the middle of a check: what is there now is what later tasks are to see. */
  made(changes: readonly Change[], task: string): void {
    this.begin(task);
    for (const change of changes) {
      if (!('path' in change) || change.kind === 'download') continue;
      const path = tidy(change.path);
      this.paths.delete(path);
      this.doubtful.delete(path);
      for (let above = parentOf(path); above !== '/'; above = parentOf(above)) {
        if (this.paths.get(above) === 'absent') this.paths.delete(above);
      }
      for (const known of this.paths.keys()) if (known.startsWith(`${path}/`)) this.paths.delete(known);
    }
  }

  private begin(task: string): void {
    if (this.fresh.task === task) return;
    for (const change of this.fresh.changes) this.addOne(change);
    this.fresh = { task, changes: [] };
  }

  /** The host as a task would find it; `onDoubt` is told whose work nobody can foresee there. Commands that look see it as it is. */
  over(view: HostView, task: string, onDoubt: (what: string) => void): HostView {
    this.begin(task);
    const look = (path: string, follow: boolean) => {
      const what = this.doubtAt(path);
      if (what !== undefined) onDoubt(what);
      return this.find(path, follow);
    };
    return {
      ...view,
      stat: async (path, options) => {
        const known = look(path, options?.follow ?? false);
        if (!known) return view.stat(path, options);
        return known === 'absent' ? undefined : withChecksum(known, options?.checksum);
      },
      read: async (path) => {
        const known = look(path, true);
        if (known === 'absent') return undefined;
        if (!known?.content) return view.read(path);
        return { state: known.state, content: known.content() };
      },
    };
  }

  private doubtAt(path: string): string | undefined {
    for (let at = tidy(path); at !== '/'; at = parentOf(at)) {
      const what = this.doubtful.get(at);
      if (what !== undefined) return what;
    }
    return undefined;
  }

  private find(path: string, follow: boolean): Path | undefined {
    const plain = tidy(path);
    const known = this.paths.get(plain);
    if (!known) return this.isBelowAbsent(plain) ? 'absent' : undefined;
    if (!follow || known === 'absent' || known.state.kind !== 'link' || known.state.target === undefined) return known;
    const { target } = known.state;
    return this.paths.get(tidy(target.startsWith('/') ? target : `${parentOf(plain)}/${target}`));
  }

  private isBelowAbsent(path: string): boolean {
    for (let above = parentOf(path); above !== '/'; above = parentOf(above)) {
      const known = this.paths.get(above);
      if (known) return known === 'absent';
    }
    return false;
  }

  private addOne(change: Change): void {
    switch (change.kind) {
      case 'write':
        this.set(change.path, 'file', change.attributes, contentOf(change.content));
        return;
      case 'copy':
        this.set(change.path, 'file', change.attributes, undefined);
        return;
      case 'directory':
        for (let above = parentOf(tidy(change.path)); above !== '/'; above = parentOf(above)) {
          if (this.paths.get(above) === 'absent') this.set(above, 'directory', change.attributes, undefined);
        }
        this.set(change.path, 'directory', change.attributes, undefined);
        return;
      case 'link':
        if (change.hard) this.paths.delete(tidy(change.path));
        else this.set(change.path, 'link', {}, undefined, change.target);
        return;
      case 'remove':
        for (const path of this.paths.keys()) if (path.startsWith(`${tidy(change.path)}/`)) this.paths.delete(path);
        this.paths.set(tidy(change.path), 'absent');
        return;
      case 'attributes': {
        const known = this.paths.get(tidy(change.path));
        if (known && known !== 'absent')
          this.paths.set(tidy(change.path), { ...known, state: withAttributes(known.state, change.attributes) });
        return;
      }
      case 'run':
        this.command = change.summary;
        return;
      case 'download':
      case 'share':
        return;
    }
  }

  private set(
    path: string,
    kind: 'file' | 'directory' | 'link',
    attributes: Attributes,
    content: (() => Buffer) | undefined,
    target?: string,
  ): void {
    const plain = tidy(path);
    const known = this.paths.get(plain);
    const base = known && known !== 'absent' ? known.state : newState(plain, kind);
    const state = { ...withAttributes(base, attributes), kind, ...(target !== undefined && { target }) };
    this.paths.set(plain, { state: content ? { ...state, size: content().length } : state, content });
  }
}

/** What a new file of root has; nobody can see it yet. */
function newState(path: string, kind: 'file' | 'directory' | 'link'): FileState {
  const now = Date.now() / 1000;
  const mode = kind === 'file' ? 0o644 : kind === 'directory' ? 0o755 : 0o777;
  const nobody = { uid: 0, gid: 0, owner: 'root', group: 'root' };
  const numbers = { size: 0, inode: 0, nlink: 1, device: 0, blocks: 0 };
  return { path, kind, mode, ...nobody, ...numbers, atime: now, mtime: now, ctime: now };
}

function withAttributes(state: FileState, { owner, group, mode }: Attributes): FileState {
  return {
    ...state,
    ...(owner !== undefined && (/^\d+$/.test(owner) ? { uid: Number(owner), owner } : { owner })),
    ...(group !== undefined && (/^\d+$/.test(group) ? { gid: Number(group), group } : { group })),
    ...(mode !== undefined && { mode }),
  };
}

function withChecksum({ state, content }: Exclude<Path, 'absent'>, digest: Digest | undefined): FileState {
  if (!digest || !content) return state;
  return { ...state, checksum: createHash(digest).update(content()).digest('hex') };
}

function contentOf(content: Content): () => Buffer {
  if ('bytes' in content) return () => content.bytes;
  return () => readFileSync(content.file);
}

function tidy(path: string): string {
  return path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
