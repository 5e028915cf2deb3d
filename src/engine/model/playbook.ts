import type { Position } from './source.ts';
import type { Deferred, Raw } from './value.ts';

/**
 * What a play, block, role or task says itself, under the language's names. Inherited values are looked up along
 * `parent` (see vars/inherit.ts). Every value may be deferred. Conditions are lists: all of them must hold, and each
 * is a boolean or an expression compiled as such (`Deferred`).
 */
export interface Keywords {
  name?: Raw;
  vars?: Map<string, Raw>;
  when?: Raw[];
  tags?: Raw[];
  environment?: Raw[];
  become?: Raw;
  become_user?: Raw;
  become_method?: Raw;
  become_flags?: Raw;
  become_exe?: Raw;
  remote_user?: Raw;
  connection?: Raw;
  port?: Raw;
  no_log?: Raw;
  check_mode?: Raw;
  diff?: Raw;
  any_errors_fatal?: Raw;
  ignore_errors?: Raw;
  ignore_unreachable?: Raw;
  max_fail_percentage?: Raw;
  throttle?: Raw;
  timeout?: Raw;
  run_once?: Raw;
  debugger?: Raw;
  module_defaults?: Raw[];
  collections?: Raw[];
  delegate_to?: Raw;
  delegate_facts?: Raw;
  // task
  register?: string;
  notify?: Raw[];
  listen?: Raw[];
  loop?: Raw;
  loop_control?: LoopControl;
  until?: Raw[];
  retries?: Raw;
  delay?: Raw;
  retry?: Retry;
  /** Ours: takes back what the task's command did. */
  undo?: Raw;
  changed_when?: Raw[];
  failed_when?: Raw[];
  async?: Raw;
  poll?: Raw;
}

export interface LoopControl {
  loop_var?: Raw;
  index_var?: Raw;
  label?: Raw;
  pause?: Raw;
  extended?: Raw;
  extended_allitems?: Raw;
  break_when?: Raw[];
}

/** Ours: `retry: {times: 5, delay: 2, backoff: exponential, max: 60, jitter: true}`. */
export interface Retry {
  times?: Raw;
  delay?: Raw;
  backoff?: Raw; // constant, linear, exponential
  max?: Raw; // seconds
  jitter?: Raw;
}

/** Ours: a play or block that is told, skipped, mended, tried again and taken back as one. */
export interface Phase {
  /** No other phase has it; never a template. */
  readonly name: string;
  readonly purpose?: string | undefined;
  /** Names of phases before it. */
  readonly needs: readonly PhaseNeed[];
  /** Tasks that may mend what made it fail, under the keywords of its play or block. */
  readonly fix: readonly Item[];
  readonly retry?: Retry | undefined;
  /** Tasks that take it back, under the same keywords. */
  readonly undo: readonly Item[];
  readonly position: Position;
}

export interface PhaseNeed {
  readonly name: string;
  readonly position: Position;
}

/** Ours: of which hosts so many must stay up while a batch is at work. */
export interface Quorum {
  /** Pattern of the members; the hosts of the play, without `--limit`, unless given. */
  readonly group?: Raw | undefined;
  /** A number, or `majority`, which is meant unless given. */
  readonly needs?: Raw | undefined;
  /** Tasks that ask a member how it is. */
  readonly health: readonly Item[];
  readonly position: Position;
}

/** Ours: what must do well before the first batch and after each one. */
export interface SerialHealth {
  /** Pattern of the hosts that are asked; those of the play unless given. */
  readonly hosts?: Raw | undefined;
  readonly tasks: readonly Item[];
  readonly retry?: Retry | undefined;
  readonly position: Position;
}

interface Node {
  readonly keywords: Keywords;
  readonly position: Position;
  /** The block, include task, role or play around it. Undefined at the top of a play. */
  parent?: Block | Task | undefined;
  /** The role whose file it stands in. */
  readonly role?: Role | undefined;
}

/** block/rescue/always; also what a static import or a role in `roles:` becomes. */
export interface Block extends Node {
  readonly kind: 'block';
  items: Item[];
  rescue: Item[];
  always: Item[];
  /** `written`: a block in the YAML; `import`: what import_tasks, import_role and `roles:` make; `file`: the top of a tasks file. */
  readonly origin: 'written' | 'import' | 'role' | 'file';
  /** Absolute path of the tasks file that it was made of; names of further files are looked for beside it. */
  readonly file?: string | undefined;
  phase?: Phase | undefined;
}

export interface Task extends Node {
  readonly kind: 'task';
  /** The canonical name: `copy`, `include_tasks`, `ansible.posix.mount` stay as the module registry names them. */
  readonly action: string;
  /** The name as written: `ansible.builtin.copy`. */
  readonly written: string;
  /** `action: "{{ module }}"`: the module's name when it is known only at run time; `action` is its text then. */
  readonly deferredAction?: Deferred | undefined;
  /** The file of a module of the user, which `action` names; absolute. */
  readonly source?: string | undefined;
  /** Why the module cannot be run (`is not built in`); the task fails where it is reached. */
  readonly unavailable?: string | undefined;
  /** Arguments; `_raw_params` holds free-form text (`command: echo hi`). A deferred as a whole for `args: "{{ x }}"`. */
  readonly args: Map<string, Raw>;
  /** `args: "{{ dict }}"`: more arguments, known when it runs; the written ones win. */
  readonly deferredArgs?: Raw | undefined;
  readonly isHandler: boolean;
  /** `with_items` and its like: the lookup's name and terms. `loop` stands in keywords. */
  readonly with?: { readonly lookup: string; readonly terms: Raw } | undefined;
  /** Positions of arguments by name, for messages. */
  readonly argPositions: ReadonlyMap<string, Position>;
  /** `apply:` of include_tasks and include_role: keywords for what is included. */
  readonly apply?: Keywords | undefined;
}

export type Item = Block | Task;

/** One use of a role: the same folder used twice with other parameters is two of these. */
export interface Role {
  /** As written (`geerlingguy.nginx`, `common`); collection roles carry the full name. */
  readonly name: string;
  readonly path: string;
  readonly collection?: string | undefined;
  readonly defaults: Map<string, Raw>;
  readonly vars: Map<string, Raw>;
  /** What of `vars` the whole play may see: those of the role's own files. */
  readonly exports: Map<string, Raw>;
  /** Parameters given where it is used (`- role: x, port: 80`), above role vars; its `vars:` are in `vars`, on top. */
  readonly params: Map<string, Raw>;
  readonly dependencies: Block[];
  readonly tasks: Block;
  readonly handlers: Item[];
  readonly allowDuplicates: boolean;
  readonly position: Position;
  /** Names of roles that brought it here, nearest first. */
  readonly parents: readonly Role[];
  /** Whether its defaults and vars are seen by the whole play (false for include_role without `public`). */
  readonly public: boolean;
  /** Equal for two uses that are the same: same folder, parameters, conditions and tags. Run once unless `allowDuplicates`. */
  readonly identity: string;
  /** What meta/argument_specs says of the entry point used, to be checked before its first task. */
  readonly argumentSpec?: ArgumentSpec | undefined;
}

export interface ArgumentSpec {
  /** `main`, or the file of `tasks_from`. */
  readonly entryPoint: string;
  readonly description?: string | undefined;
  /** By name, as `validate_argument_spec` takes them. */
  readonly options: Raw;
}

export interface VarsPrompt {
  readonly name: string;
  readonly prompt: Raw;
  readonly default?: Raw;
  readonly private: boolean;
  readonly confirm: boolean;
  readonly encrypt?: string | undefined;
  readonly saltSize?: number | undefined;
  readonly salt?: string | undefined;
  readonly unsafe: boolean;
}

export interface Play {
  readonly position: Position;
  /** Absolute folder of the playbook file it stands in. */
  readonly directory: string;
  readonly keywords: Keywords;
  readonly phase?: Phase | undefined;
  readonly hosts: Raw;
  readonly gatherFacts?: Raw | undefined;
  readonly gatherSubset?: Raw | undefined;
  readonly gatherTimeout?: Raw | undefined;
  readonly factPath?: Raw | undefined;
  readonly varsFiles: readonly Raw[]; // an entry that is a list: the first that exists
  readonly varsPrompt: readonly VarsPrompt[];
  readonly serial?: Raw | undefined;
  readonly strategy?: Raw | undefined;
  readonly quorum?: Quorum | undefined;
  readonly serialHealth?: SerialHealth | undefined;
  readonly order?: Raw | undefined;
  readonly forceHandlers?: Raw | undefined;
  readonly preTasks: Block;
  /** One block a role, dependencies before their role. */
  readonly roles: Block[];
  readonly tasks: Block;
  readonly postTasks: Block;
  /** The play's own handlers; roles carry theirs. */
  readonly handlers: Item[];
  /** `when` of the import_playbook around it; gathering facts is subject to it too. */
  readonly importedWhen: readonly Raw[];
}
