import type { Item, Play, Task } from '../model/playbook.ts';
import { Deferred, type Raw } from '../model/value.ts';
import { selected, type Tags } from './tags.ts';
import { textOf } from './yaml-access.ts';

export interface ListingOptions {
  readonly tasks: boolean;
  readonly tags: boolean;
  /** `--tags` and `--skip-tags`. */
  readonly only: Tags;
  readonly skip: Tags;
  /** Tags of an item with those around it and the play's, evaluated; without an item the play's. */
  tagsOf(play: Play, item?: Item): Tags;
  /** The play's name, evaluated as far as it can be. */
  nameOf(play: Play, raw: Raw): string;
  /** One of the play's patterns, evaluated. */
  patternOf(play: Play, raw: Raw): string;
  /** Names of the play's hosts, to list them too. */
  readonly hostsOf?: ((play: Play) => readonly string[]) | undefined;
}

/** What --list-tasks, --list-tags and --list-hosts print for a playbook. */
export function formatListing(playbook: string, plays: readonly Play[], options: ListingOptions): string {
  const parts = plays.map((play, index) => formatPlay(play, index + 1, options));
  return [`\nplaybook: ${playbook}\n`, ...parts].join('');
}

/** A task's name as messages have it: with its role in front, or its module. An include of a role stands in none. */
export function taskName({ action, keywords, role, written }: Task): string {
  const name = shown(keywords.name) || written;
  return role && action !== 'include_role' ? `${role.name} : ${name}` : name;
}

function formatPlay(play: Play, number: number, options: ListingOptions): string {
  const patterns = (Array.isArray(play.hosts) ? play.hosts : [play.hosts]).map((host) => options.patternOf(play, host));
  const name = play.keywords.name === undefined ? patterns.join(',') : options.nameOf(play, play.keywords.name);
  const own = [...new Set(options.tagsOf(play))];
  const lines = ['', `  play #${number} (${patterns.join(',')}): ${name}\tTAGS: [${own.join(',')}]`];
  if (options.hostsOf) lines.push(...formatHosts(patterns, options.hostsOf(play)));
  if (options.tasks || options.tags) lines.push(...formatTasks(play, own, options));
  return `${lines.join('\n')}\n`;
}

function formatHosts(patterns: readonly string[], hosts: readonly string[]): string[] {
  const shownPatterns = patterns.map((pattern) => `'${pattern}'`).join(', ');
  return [`    pattern: [${shownPatterns}]`, `    hosts (${hosts.length}):`, ...hosts.map((host) => `      ${host}`)];
}

function formatTasks(play: Play, own: Tags, options: ListingOptions): string[] {
  const lines: string[] = options.tasks ? ['    tasks:'] : [];
  const all = new Set(own);
  for (const { label, tags } of listed(play, options)) {
    for (const tag of tags) all.add(tag);
    if (options.tasks) lines.push(`      ${label}\tTAGS: [${sorted([...own, ...tags]).join(', ')}]`);
  }
  if (options.tags) lines.push(`      TASK TAGS: [${sorted(all).join(', ')}]`);
  return lines;
}

interface Listed {
  readonly label: string;
  readonly tags: Tags;
}

function* listed(play: Play, options: ListingOptions): Iterable<Listed> {
  const sections = [play.preTasks, ...play.roles, play.tasks, play.postTasks];
  for (const task of sections.flatMap((section) => [...walk(section)])) {
    const tags = options.tagsOf(play, task);
    if (selected(tags, options.only, options.skip)) yield { label: listLabel(task), tags };
  }
}

/** Tasks in order; those of rescue and always are not listed. */
function* walk(item: Item): Iterable<Task> {
  if (item.kind === 'task') yield item;
  else for (const inner of item.items) yield* walk(inner);
}

/** Without a name the module alone, without its role. */
function listLabel(task: Task): string {
  return shown(task.keywords.name) ? taskName(task) : task.written;
}

function shown(name: Raw | undefined): string {
  if (name === undefined) return '';
  return name instanceof Deferred ? name.text : textOf(name as string);
}

function sorted(tags: Iterable<string>): string[] {
  return [...new Set(tags)].sort();
}
