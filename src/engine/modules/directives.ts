import type { Directive } from './entry.ts';
import type { ArgSpec } from './types.ts';

const apply: ArgSpec = { type: 'dict', doc: 'Keywords for every task that is included.' };

const role = {
  name: { type: 'str', required: true, aliases: ['role'], doc: 'The role.' },
  tasks_from: { type: 'str', default: 'main', doc: "File of the role's tasks folder." },
  vars_from: { type: 'str', default: 'main', doc: "File of the role's vars folder." },
  defaults_from: { type: 'str', default: 'main', doc: "File of the role's defaults folder." },
  handlers_from: { type: 'str', default: 'main', doc: "File of the role's handlers folder." },
  allow_duplicates: { type: 'bool', default: true, doc: 'Run it even if it has run with the same parameters.' },
  rolespec_validate: { type: 'bool', default: true, doc: "Check the parameters against the role's argument specs." },
} as const satisfies Record<string, ArgSpec>;

const tasksFile: ArgSpec = { type: 'str', doc: 'The file of tasks.' };

/** The actions that the executor and the playbook reader carry out themselves. */
export const directives: Readonly<Record<string, Directive>> = {
  import_playbook: {
    name: 'import_playbook',
    collection: 'ansible.builtin',
    summary: 'Put the plays of another playbook here when the playbook is read',
    freeForm: 'text',
    args: { file: { type: 'str', doc: 'The playbook.' } },
  },
  import_role: {
    name: 'import_role',
    collection: 'ansible.builtin',
    summary: 'Put the tasks of a role here when the playbook is read',
    args: { ...role, public: { type: 'bool', default: true, doc: "Let the whole play see the role's variables." } },
  },
  import_tasks: {
    name: 'import_tasks',
    collection: 'ansible.builtin',
    summary: 'Put the tasks of a file here when the playbook is read',
    freeForm: 'text',
    args: { file: tasksFile },
  },
  include_role: {
    name: 'include_role',
    collection: 'ansible.builtin',
    summary: 'Run the tasks of a role when the play comes to it',
    args: {
      ...role,
      apply,
      public: { type: 'bool', default: false, doc: "Let the whole play see the role's variables." },
    },
  },
  include_tasks: {
    name: 'include_tasks',
    collection: 'ansible.builtin',
    summary: 'Run the tasks of a file when the play comes to it',
    freeForm: 'text',
    args: { file: tasksFile, apply },
  },
  meta: {
    name: 'meta',
    collection: 'ansible.builtin',
    summary: 'Tell the run itself to do something: flush handlers, end the play, reset the connection',
    freeForm: 'text',
    args: {},
  },
};
