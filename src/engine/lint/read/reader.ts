import { basename, dirname } from 'node:path';
import { TsplayError } from '../../model/errors.ts';
import type { Item, Phase, Play, Role, Task } from '../../model/playbook.ts';
import { formatPosition, type Position } from '../../model/source.ts';
import type { ContentPlugins, Deferred, Raw } from '../../model/value.ts';
import { BUILDERS } from '../../playbook/builders.ts';
import { NamedPlugins } from '../../playbook/content/named-plugins.ts';
import { Loader, shownPath } from '../../playbook/loader.ts';
import { asideOf } from '../../playbook/phases.ts';
import { loadPlaybook } from '../../playbook/playbook.ts';
import { kindOf, problem } from '../../playbook/problem.ts';
import { healthTasksOf } from '../../playbook/quorum.ts';
import { loadRole } from '../../playbook/role.ts';
import type { Site } from '../../playbook/site.ts';
import { buildTasksFile } from '../../playbook/tasks-file.ts';
import type { LoadOptions } from '../../playbook/types.ts';
import { keyName } from '../../playbook/yaml-access.ts';
import { deferredIn } from '../../template/deferred-in.ts';
import { decodeText } from '../../yaml/parse.ts';
import type { Content, Notice, Place, TaskAt, TemplateFile } from '../content.ts';
import { Locked, readPlain } from './encrypted.ts';
import { filesBelow } from './folders.ts';
import { loadIncluded } from './includes.ts';
import { readInventory } from './inventory.ts';
import { SourceLines } from './source-lines.ts';
import { isTemplateFile, isYamlFile, type Target } from './targets.ts';

/** How playbooks and roles are read, but for what lint sees to itself. */
export type ReadOptions = Omit<LoadOptions, 'onError' | 'onWarning' | 'onFile' | 'decryption' | 'readFile' | 'scope'>;

/** Reads targets, and whatever they name, into the content that rules look at. Every error is gathered. */
export class ContentReader implements Content {
  readonly errors: TsplayError[] = [];
  readonly notices: Notice[] = [];
  readonly plays: { play: Play; place: Place }[] = [];
  readonly phases: Phase[] = [];
  readonly roles: { role: Role; place: Place }[] = [];
  readonly tasks: TaskAt[] = [];
  readonly texts: Deferred[] = [];
  readonly templates: TemplateFile[] = [];
  readonly variables = new Map<string, ReadonlyMap<string, Raw>>();
  readonly plugins: ContentPlugins;
  private readonly locked = new Locked();
  private readonly loader: Loader;
  private readonly lines = new SourceLines();
  private readonly files = new Set<string>();
  private readonly walked = new Set<object>();
  private readonly seen = new Set<object>();
  private readonly included = new Set<string>();

  constructor(options: ReadOptions) {
    this.loader = new Loader({
      ...options,
      decryption: this.locked,
      onError: (error) => this.errors.push(error),
      onWarning: (message, position, topic) => {
        if (position) this.notices.push({ message, position, topic });
      },
      onFile: (path) => this.files.add(path),
    });
    this.plugins = new NamedPlugins(this.loader.content);
  }

  /** Some of it is encrypted, so that not all can be known. */
  get encrypted(): boolean {
    return this.locked.met;
  }

  line(position: Position): string {
    return this.lines.at(position);
  }

  /** Reads one target. What goes wrong beyond all that is foreseen is an error of its file too. */
  read(target: Target): void {
    const position = { file: shownPath(target.path), line: 1, column: 1 };
    try {
      this.readTarget(target, position);
    } catch (error) {
      this.errors.push(located(error, position));
    }
  }

  /** Reads a template file, once. */
  template(path: string): void {
    if (this.templates.some((template) => template.path === path)) return;
    const shown = shownPath(path);
    this.templates.push({ path, shown, text: decodeText(readPlain(path), shown) });
  }

  private readTarget(target: Target, position: Position): void {
    switch (target.kind) {
      case 'playbook':
        return this.playbook(target.path);
      case 'role':
        return this.role(target.path, position);
      case 'tasks':
      case 'handlers':
        return this.tasksFile(target.path, target.role, target.kind, position);
      case 'vars':
        return this.varsFile(target.path);
      case 'template':
        return this.template(target.path);
      case 'inventory':
        return readInventory(target.path, {
          onWarning: (message) => this.notices.push({ message, position, topic: undefined }),
          onText: (raw) => this.gather(raw),
        });
      case 'yaml':
        this.loader.read(target.path, position);
    }
  }

  private playbook(path: string): void {
    for (const play of loadPlaybook(path, this.loader)) {
      const place: Place = { play, directory: play.directory };
      this.plays.push({ play, place });
      if (play.phase) this.phases.push(play.phase);
      this.gather(play);
      for (const section of [
        play.preTasks,
        ...play.roles,
        play.tasks,
        play.postTasks,
        ...play.handlers,
        ...asideOf(play.phase),
        ...healthTasksOf(play),
      ]) {
        this.walk(section, place);
      }
    }
  }

  /** A role with all its files, also those that nothing in it leads to. */
  private role(path: string, position: Position): void {
    const place: Place = { play: undefined, directory: dirname(dirname(path)) };
    const role = this.loadRole(path, place, position);
    if (role) {
      this.walk(role.tasks, place);
      for (const kind of ['tasks', 'handlers'] as const) {
        for (const file of filesBelow(`${path}/${kind}`).filter((each) => isYamlFile(each) && !this.files.has(each))) {
          // An empty one is left there for an include that has nothing to do.
          this.loader.attempt(() => {
            const start = { file: shownPath(file), line: 1, column: 1 };
            if (this.loader.read(file)) this.fileOfTasks(file, role, kind, place, start);
          });
        }
      }
    }
    for (const folder of ['defaults', 'vars']) {
      for (const file of filesBelow(`${path}/${folder}`).filter(isYamlFile))
        this.loader.attempt(() => this.varsFile(file));
    }
    for (const file of filesBelow(`${path}/meta`).filter(isYamlFile)) this.loader.attempt(() => this.loader.read(file));
    for (const file of filesBelow(`${path}/templates`).filter(isTemplateFile)) {
      this.loader.attempt(() => this.template(file));
    }
  }

  private loadRole(path: string, place: Place, position: Position): Role | undefined {
    let role: Role | undefined;
    this.loader.attempt(() => {
      role = loadRole(this.site(place), {
        name: basename(path),
        path,
        position,
        keywords: {},
        params: new Map(),
        included: false,
        public: true,
        validate: true,
        from: {},
      });
    });
    return role;
  }

  private tasksFile(
    path: string,
    roleFolder: string | undefined,
    kind: 'tasks' | 'handlers',
    position: Position,
  ): void {
    const place: Place = { play: undefined, directory: dirname(roleFolder ? dirname(roleFolder) : path) };
    const role = roleFolder === undefined ? undefined : this.loadRole(roleFolder, place, position);
    this.fileOfTasks(path, role, kind, place, position);
  }

  private fileOfTasks(
    path: string,
    role: Role | undefined,
    kind: 'tasks' | 'handlers',
    place: Place,
    position: Position,
  ): void {
    const site: Site = { ...this.site(place), role, isHandler: kind === 'handlers' };
    this.walk(buildTasksFile(site, path, { origin: 'file', keywords: {}, position }), place);
  }

  private varsFile(path: string): void {
    const node = this.loader.read(path);
    if (!node) return;
    if (node.kind !== 'map') {
      throw problem(
        `a file of variables must be a dictionary, but is a ${kindOf(node)}`,
        node.position,
        'write `name: value` on each line',
      );
    }
    const vars = new Map(node.entries.map((entry) => [keyName(entry), this.loader.raw(entry.node)]));
    this.variables.set(path, vars);
    this.gather(vars);
  }

  private walk(item: Item, place: Place): void {
    if (this.walked.has(item)) return;
    this.walked.add(item);
    if (item.kind === 'task') {
      this.task(item, place);
      return;
    }
    this.gather(item.keywords);
    if (item.phase) this.phases.push(item.phase);
    if (item.origin === 'role' && item.role) this.partsOf(item.role, place);
    const inside = [...item.items, ...item.rescue, ...item.always, ...asideOf(item.phase)];
    for (const inner of inside) this.walk(inner, place);
  }

  /** What a role brings beside its tasks. */
  private partsOf(role: Role, place: Place): void {
    this.roles.push({ role, place });
    this.gather([role.defaults, role.vars, role.params]);
    for (const inner of [...role.dependencies, ...role.handlers]) this.walk(inner, place);
  }

  private task(task: Task, place: Place): void {
    this.tasks.push({ task, place });
    this.gather([task.keywords, task.args, task.deferredArgs, task.with?.terms, task.apply, task.deferredAction]);
    // A statement is followed once a play: that is enough, and ends circles.
    const key = `${formatPosition(task.position)} ${place.play ? formatPosition(place.play.position) : ''}`;
    if (this.included.has(key)) return;
    this.included.add(key);
    this.loader.attempt(() => {
      const block = loadIncluded(this.loader, task, place);
      if (block) this.walk(block, place);
    });
  }

  private gather(value: unknown): void {
    for (const text of deferredIn(value, this.seen)) this.texts.push(text);
  }

  private site({ directory }: Place): Site {
    return { loader: this.loader, build: BUILDERS, directory, isHandler: false, collections: [], playVars: new Map() };
  }
}

function located(error: unknown, position: Position): TsplayError {
  if (error instanceof TsplayError) {
    if (error.position) return error;
    return new TsplayError(error.kind, error.message, { position, hint: error.hint, cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new TsplayError('internal', `the file cannot be looked at: ${message}`, { position, cause: error });
}
