import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import type { Digests } from '../../model/change.ts';
import { expandHome } from '../../playbook/home.ts';
import { statPath } from '../../yaml/stat-path.ts';
import type { Controller } from '../types.ts';

/** Where on the controller the files of a host go. */
export interface Place {
  /** Nothing can go there. */
  readonly problem: string | undefined;
  /** The path for a file of the host. */
  of(src: string): string;
}

/** What is at a path of the controller. */
export type Local = { readonly kind: 'absent' | 'directory' } | ({ readonly kind: 'file' } & Digests);

/** Nothing is ever written outside `dest`: neither a host's name nor its path can lead out of it. */
export function placeOf(controller: Controller, { dest, flat }: { dest: string; flat: boolean }): Place {
  const base = resolve(controller.scope.world.playbookDir, expandHome(dest));
  const { host } = controller;
  const into = flat ? dest.endsWith('/') : true;
  const folder = flat ? base : join(base, host);
  const inside = (src: string) => (flat ? posix.basename(src) : posix.normalize(`/${src}`));
  return {
    problem: problemOf(base, dest, host, flat),
    of: (src) => (into ? join(folder, inside(src)) : base),
  };
}

function problemOf(base: string, dest: string, host: string, flat: boolean): string | undefined {
  if (flat && !dest.endsWith('/') && existsSync(base) && statSync(base).isDirectory()) {
    return 'dest is an existing directory, use a trailing slash if you want to fetch src into that directory';
  }
  if (flat || (!host.includes('/') && !host.includes('\\') && host !== '.' && host !== '..')) return undefined;
  const path = join(base, host);
  return `Detected directory traversal, expected to be contained in '${base}' but got '${path}'`;
}

export async function lookLocally(path: string): Promise<Local> {
  const state = statPath(path);
  if (!state) return { kind: 'absent' };
  return state.isDirectory() ? { kind: 'directory' } : { kind: 'file', ...(await digestsOf(path)) };
}

/** Of a file of the controller, which may be larger than memory. */
export async function digestsOf(path: string): Promise<Digests> {
  const [sha1, md5] = [createHash('sha1'), createHash('md5')];
  for await (const chunk of createReadStream(path)) {
    sha1.update(chunk as Buffer);
    md5.update(chunk as Buffer);
  }
  return { sha1: sha1.digest('hex'), md5: md5.digest('hex') };
}
