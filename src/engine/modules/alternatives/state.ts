import { linesOf } from '../text-file.ts';

export interface Alternative {
  readonly path: string;
  readonly priority: number;
  /** Paths of what comes with it, by name. */
  readonly slaves: ReadonlyMap<string, string>;
}

/** A name of update-alternatives, and what it may lead to. */
export interface AlternativesState {
  readonly tool: string;
  readonly mode: 'auto' | 'manual' | undefined;
  readonly current: string | undefined;
  readonly link: string | undefined;
  readonly slaveLinks: ReadonlyMap<string, string>;
  readonly choices: readonly Alternative[];
}

/** From `update-alternatives --display`; Debian's and Red Hat's differ a little. */
export function parseDisplay(tool: string, text: string, link: string | undefined): AlternativesState {
  let mode: AlternativesState['mode'];
  let current: string | undefined;
  let shownLink: string | undefined;
  const slaveLinks = new Map<string, string>();
  const choices: (Alternative & { readonly slaves: Map<string, string> })[] = [];
  for (const line of linesOf(text)) {
    const [, status] = / (?:- status is )?(auto|manual)(?: mode)?\.?$/.exec(line) ?? [];
    if (status !== undefined && choices.length === 0) mode ??= status === 'auto' ? 'auto' : 'manual';
    current ??= /^ +link currently points to (.*)$/.exec(line)?.[1];
    shownLink ??= /^ +link \S+ is (.*)$/.exec(line)?.[1];
    const [, slave, at] = /^ +slave (\S+) is (.*)$/.exec(line) ?? [];
    if (slave !== undefined && choices.length === 0) slaveLinks.set(slave, at!);
    const [, path, priority] = /^(\/.*?) - (?:family \S+ )?priority (\d+)/.exec(line) ?? [];
    if (path !== undefined) choices.push({ path, priority: Number(priority), slaves: new Map() });
    const [, name, target] = /^ +(?:slave|follower) (\S+): (.*)$/.exec(line) ?? [];
    if (name !== undefined) choices.at(-1)?.slaves.set(name, target!);
  }
  return { tool, mode, current, link: shownLink ?? link, slaveLinks, choices };
}
