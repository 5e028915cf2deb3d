/** Who may carry a keyword, under the names that messages use. */
export type Owner =
  | 'Play'
  | 'Block'
  | 'Task'
  | 'Handler'
  | 'Role'
  | 'PlaybookInclude'
  | 'TaskInclude'
  | 'HandlerTaskInclude'
  | 'IncludeRole'
  | 'LoopControl'
  | 'Retry'
  | 'Phase'
  | 'Quorum'
  | 'SerialHealth'
  | 'RoleMetadata';

/**
 * How a keyword's value is read (values.ts):
 * `texts` and `list` take one member without its list; `conditions` are compiled as expressions; `static` is a plain
 * text that is never a template; `structure` is read by the file that builds its owner.
 */
export type KeywordType =
  | 'text'
  | 'static'
  | 'bool'
  | 'int'
  | 'number'
  | 'percent'
  | 'texts'
  | 'list'
  | 'raw'
  | 'tags'
  | 'conditions'
  | 'vars'
  | 'environment'
  | 'module-defaults'
  | 'loop-control'
  | 'retry'
  | 'structure';

export interface KeywordSpec {
  readonly name: string;
  readonly type: KeywordType;
  readonly on: readonly Owner[];
  readonly doc: string;
  /** Values that a literal must be one of. */
  readonly choices?: readonly string[];
}

const EVERYWHERE: readonly Owner[] = ['Play', 'Block', 'Task', 'Handler', 'Role', 'PlaybookInclude', 'RoleMetadata'];
const INCLUDES: readonly Owner[] = ['TaskInclude', 'HandlerTaskInclude', 'IncludeRole'];
const TASKS: readonly Owner[] = ['Task', 'Handler'];
const PLAY: readonly Owner[] = ['Play'];

const base: readonly KeywordSpec[] = [
  { name: 'name', type: 'text', on: [...EVERYWHERE, ...INCLUDES], doc: 'Text shown for it.' },
  { name: 'vars', type: 'vars', on: [...EVERYWHERE, ...INCLUDES], doc: 'Variables for it and what is in it.' },
  { name: 'environment', type: 'environment', on: EVERYWHERE, doc: 'Environment variables of the commands it runs.' },
  { name: 'module_defaults', type: 'module-defaults', on: EVERYWHERE, doc: 'Default arguments by module name.' },
  { name: 'connection', type: 'text', on: EVERYWHERE, doc: 'How hosts are reached: `ssh`, `local`.' },
  { name: 'port', type: 'int', on: EVERYWHERE, doc: 'Port to connect to.' },
  { name: 'remote_user', type: 'text', on: EVERYWHERE, doc: 'User to connect as.' },
  { name: 'become', type: 'bool', on: EVERYWHERE, doc: 'Work as another user.' },
  { name: 'become_user', type: 'text', on: EVERYWHERE, doc: 'That user; `root` unless given.' },
  { name: 'become_method', type: 'text', on: EVERYWHERE, doc: 'How: `sudo`, `su`, `doas`.' },
  { name: 'become_flags', type: 'text', on: EVERYWHERE, doc: "Options of the method's program." },
  { name: 'become_exe', type: 'text', on: EVERYWHERE, doc: "Path of the method's program." },
  {
    name: 'no_log',
    type: 'bool',
    on: [...EVERYWHERE, ...INCLUDES],
    doc: 'Keep arguments and results out of output and journal.',
  },
  { name: 'run_once', type: 'bool', on: [...EVERYWHERE, ...INCLUDES], doc: 'Run on one host, for all of them.' },
  { name: 'ignore_errors', type: 'bool', on: [...EVERYWHERE, ...INCLUDES], doc: 'Go on after a failure.' },
  { name: 'ignore_unreachable', type: 'bool', on: EVERYWHERE, doc: 'Go on with a host that could not be reached.' },
  {
    name: 'check_mode',
    type: 'bool',
    on: EVERYWHERE,
    doc: 'Change nothing (or, if false, change even under --check).',
  },
  { name: 'diff', type: 'bool', on: EVERYWHERE, doc: 'Show what changes.' },
  { name: 'any_errors_fatal', type: 'bool', on: EVERYWHERE, doc: 'A failure of one host ends the play for all.' },
  { name: 'throttle', type: 'int', on: EVERYWHERE, doc: 'At most so many hosts at once.' },
  { name: 'timeout', type: 'int', on: [...EVERYWHERE, ...INCLUDES], doc: 'Seconds a task may take.' },
  {
    name: 'debugger',
    type: 'text',
    on: [...EVERYWHERE, ...INCLUDES],
    doc: 'When to start the debugger.',
    choices: ['always', 'never', 'on_failed', 'on_unreachable', 'on_skipped'],
  },
  {
    name: 'tags',
    type: 'tags',
    on: ['Play', 'Block', 'Task', 'Handler', 'Role', 'PlaybookInclude', ...INCLUDES],
    doc: 'Names by which `--tags` and `--skip-tags` choose.',
  },
  {
    name: 'when',
    type: 'conditions',
    on: ['Block', 'Task', 'Handler', 'Role', 'PlaybookInclude', ...INCLUDES],
    doc: 'Conditions that must all hold.',
  },
  {
    name: 'collections',
    type: 'texts',
    on: ['Play', 'Block', 'Task', 'Handler', 'Role', 'RoleMetadata', ...INCLUDES],
    doc: 'Collections in which short names are looked up first.',
  },
  { name: 'notify', type: 'texts', on: ['Block', ...TASKS], doc: 'Handlers to run if something changed.' },
  {
    name: 'delegate_to',
    type: 'text',
    on: ['Block', 'Role', ...TASKS],
    doc: 'Host that does the work instead of the one it is for.',
  },
  {
    name: 'delegate_facts',
    type: 'bool',
    on: ['Block', 'Role', ...TASKS],
    doc: 'Facts gathered belong to the delegated host.',
  },
];

const task: readonly KeywordSpec[] = [
  { name: 'action', type: 'structure', on: [...TASKS, ...INCLUDES], doc: 'Module and arguments in one.' },
  { name: 'local_action', type: 'structure', on: [...TASKS, ...INCLUDES], doc: 'The same, on the controller.' },
  { name: 'args', type: 'structure', on: [...TASKS, ...INCLUDES], doc: "More arguments; the module's own win." },
  { name: 'async', type: 'int', on: TASKS, doc: 'Go to the background, for so many seconds at most.' },
  { name: 'poll', type: 'int', on: TASKS, doc: 'Seconds between looks at it; with 0 the play goes on at once.' },
  { name: 'register', type: 'static', on: [...TASKS, ...INCLUDES], doc: 'Variable that gets the result.' },
  { name: 'loop', type: 'raw', on: [...TASKS, ...INCLUDES], doc: 'List to run it for.' },
  { name: 'loop_control', type: 'loop-control', on: [...TASKS, ...INCLUDES], doc: 'How the loop runs and is shown.' },
  { name: 'until', type: 'conditions', on: TASKS, doc: 'Try again until these hold.' },
  { name: 'retries', type: 'int', on: TASKS, doc: 'How many tries more.' },
  { name: 'delay', type: 'number', on: TASKS, doc: 'Seconds between two tries.' },
  { name: 'retry', type: 'retry', on: TASKS, doc: 'Tries with growing pauses; not part of Ansible.' },
  {
    name: 'undo',
    type: 'text',
    on: TASKS,
    doc: 'Command line by which a rollback takes it back; not part of Ansible.',
  },
  { name: 'changed_when', type: 'conditions', on: TASKS, doc: 'It changed something if these hold.' },
  { name: 'failed_when', type: 'conditions', on: TASKS, doc: 'It failed if these hold.' },
  { name: 'listen', type: 'texts', on: ['Handler', 'HandlerTaskInclude'], doc: 'More names that notify it.' },
];

const phase: readonly KeywordSpec[] = [
  {
    name: 'phase',
    type: 'structure',
    on: ['Play', 'Block'],
    doc: 'A name, or more of a phase: a part that is told, skipped, mended and taken back as one; not part of Ansible.',
  },
  { name: 'name', type: 'structure', on: ['Phase'], doc: 'By which it is known; no other phase has it.' },
  { name: 'purpose', type: 'structure', on: ['Phase'], doc: 'What it is for: a sentence for status and reports.' },
  { name: 'needs', type: 'structure', on: ['Phase'], doc: 'Phases before it that must have been completed.' },
  {
    name: 'fix',
    type: 'structure',
    on: ['Phase'],
    doc: 'Tasks for `--auto-fix`: run after a failure, before its next try.',
  },
  { name: 'retry', type: 'retry', on: ['Phase'], doc: 'How often and when it is tried again as a whole.' },
  { name: 'undo', type: 'structure', on: ['Phase'], doc: 'Tasks by which `tsplay rollback` takes it back.' },
];

const guards: readonly KeywordSpec[] = [
  {
    name: 'quorum',
    type: 'structure',
    on: PLAY,
    doc: 'For `strategy: quorum`: the group of which a majority must stay up, or more of it; not part of Ansible.',
  },
  { name: 'group', type: 'raw', on: ['Quorum'], doc: 'Pattern of the members; the hosts of the play unless given.' },
  { name: 'needs', type: 'raw', on: ['Quorum'], doc: 'How many must stay up: a number, or `majority`.' },
  {
    name: 'health',
    type: 'structure',
    on: ['Quorum'],
    doc: 'Tasks that ask a member how it is; one that fails them counts as down.',
  },
  {
    name: 'serial_health',
    type: 'structure',
    on: PLAY,
    doc: 'Tasks that must do well before the first batch and after each one, or more of it; not part of Ansible.',
  },
  {
    name: 'hosts',
    type: 'raw',
    on: ['SerialHealth'],
    doc: 'Pattern of the hosts that are asked; those of the play unless given.',
  },
  { name: 'tasks', type: 'structure', on: ['SerialHealth'], doc: 'What must do well on each of them.' },
  { name: 'retry', type: 'retry', on: ['SerialHealth'], doc: 'How often and when those that do not are asked again.' },
];

const block: readonly KeywordSpec[] = [
  { name: 'block', type: 'structure', on: ['Block'], doc: 'Tasks.' },
  { name: 'rescue', type: 'structure', on: ['Block'], doc: 'Tasks to run if one of `block` failed.' },
  { name: 'always', type: 'structure', on: ['Block'], doc: 'Tasks to run in the end, whatever happened.' },
];

const play: readonly KeywordSpec[] = [
  { name: 'hosts', type: 'structure', on: PLAY, doc: 'Pattern of the hosts it is for.' },
  { name: 'user', type: 'text', on: PLAY, doc: 'Old name of `remote_user`.' },
  { name: 'gather_facts', type: 'bool', on: PLAY, doc: 'Look at the hosts first.' },
  { name: 'gather_subset', type: 'texts', on: PLAY, doc: 'Which facts.' },
  { name: 'gather_timeout', type: 'int', on: PLAY, doc: 'Seconds that facts may take.' },
  { name: 'fact_path', type: 'text', on: PLAY, doc: "Folder of the host's own facts." },
  { name: 'vars_files', type: 'list', on: PLAY, doc: 'Files of variables; of a list in it, the first that exists.' },
  { name: 'vars_prompt', type: 'structure', on: PLAY, doc: 'Variables to ask for.' },
  { name: 'roles', type: 'structure', on: PLAY, doc: 'Roles, run before `tasks`.' },
  { name: 'pre_tasks', type: 'structure', on: PLAY, doc: 'Tasks before the roles.' },
  { name: 'tasks', type: 'structure', on: PLAY, doc: 'Tasks.' },
  { name: 'post_tasks', type: 'structure', on: PLAY, doc: 'Tasks after all others.' },
  { name: 'handlers', type: 'structure', on: PLAY, doc: 'Tasks that run when notified.' },
  { name: 'force_handlers', type: 'bool', on: PLAY, doc: 'Run notified handlers after a failure too.' },
  { name: 'max_fail_percentage', type: 'percent', on: PLAY, doc: 'End the play if more hosts failed.' },
  { name: 'serial', type: 'list', on: PLAY, doc: 'Hosts at a time: a number, a percentage, a list of them.' },
  { name: 'strategy', type: 'text', on: PLAY, doc: 'How hosts go through the tasks: `linear`, `free`, `quorum`.' },
  {
    name: 'order',
    type: 'text',
    on: PLAY,
    doc: 'Order of the hosts.',
    choices: ['inventory', 'reverse_inventory', 'sorted', 'reverse_sorted', 'shuffle'],
  },
];

const others: readonly KeywordSpec[] = [
  { name: 'role', type: 'structure', on: ['Role'], doc: 'Name of the role.' },
  { name: 'import_playbook', type: 'structure', on: ['PlaybookInclude'], doc: 'Playbook to put here.' },
  { name: 'allow_duplicates', type: 'bool', on: ['RoleMetadata'], doc: 'May run twice with the same parameters.' },
  { name: 'dependencies', type: 'structure', on: ['RoleMetadata'], doc: 'Roles to run before.' },
  { name: 'galaxy_info', type: 'raw', on: ['RoleMetadata'], doc: 'Who made it, and for what.' },
  { name: 'argument_specs', type: 'raw', on: ['RoleMetadata'], doc: 'Its parameters, by entry point.' },
  { name: 'loop_var', type: 'text', on: ['LoopControl'], doc: 'Name of the loop variable; `item` unless given.' },
  { name: 'index_var', type: 'text', on: ['LoopControl'], doc: 'Variable that counts from 0.' },
  { name: 'label', type: 'raw', on: ['LoopControl'], doc: 'What is shown for an item.' },
  { name: 'pause', type: 'number', on: ['LoopControl'], doc: 'Seconds between two items.' },
  { name: 'extended', type: 'bool', on: ['LoopControl'], doc: 'Give `ansible_loop`.' },
  { name: 'extended_allitems', type: 'bool', on: ['LoopControl'], doc: 'With all items in it.' },
  { name: 'break_when', type: 'conditions', on: ['LoopControl'], doc: 'End the loop after an item if these hold.' },
  { name: 'times', type: 'int', on: ['Retry'], doc: 'How many tries more.' },
  { name: 'delay', type: 'number', on: ['Retry'], doc: 'Seconds before the second try.' },
  {
    name: 'backoff',
    type: 'text',
    on: ['Retry'],
    doc: 'How the pause grows.',
    choices: ['constant', 'linear', 'exponential'],
  },
  { name: 'max', type: 'number', on: ['Retry'], doc: 'Longest pause in seconds.' },
  {
    name: 'jitter',
    type: 'bool',
    on: ['Retry'],
    doc: 'Shorten each pause by chance, so that hosts do not try in step.',
  },
];

/** Every keyword of the language, with where it may stand. */
export const KEYWORDS: readonly KeywordSpec[] = [...base, ...task, ...phase, ...guards, ...block, ...play, ...others];

const byOwner = new Map<Owner, Map<string, KeywordSpec>>();
for (const spec of KEYWORDS) {
  for (const owner of spec.on) {
    const known = byOwner.get(owner) ?? new Map<string, KeywordSpec>();
    byOwner.set(owner, known.set(spec.name, spec));
  }
}

/** The keywords that may stand on an owner, by name. */
export function keywordsOf(owner: Owner): ReadonlyMap<string, KeywordSpec> {
  return byOwner.get(owner) ?? new Map();
}
