import type { ArgSpec } from '../types.ts';

/** Owner, mode and the like, which every module that makes a file takes. */
export const fileArgs = {
  mode: {
    type: 'raw',
    doc: 'Permissions: octal text ("0644"), symbolic ("u=rw,go=r"), or `preserve` where a source is copied.',
  },
  owner: { type: 'str', doc: 'User who owns the file: a name or a numeric id.' },
  group: { type: 'str', doc: 'Group that owns the file: a name or a numeric id.' },
  seuser: { type: 'str', doc: "User part of the file's SELinux context." },
  serole: { type: 'str', doc: "Role part of the file's SELinux context." },
  setype: { type: 'str', doc: "Type part of the file's SELinux context." },
  selevel: { type: 'str', doc: "Level part of the file's SELinux context." },
  attributes: { type: 'str', aliases: ['attr'], doc: 'Attributes as chattr takes them, such as "+i".' },
  unsafe_writes: {
    type: 'bool',
    doc: 'Write into the existing file where it cannot be replaced by a rename; by default only if the environment of the task says so in `ANSIBLE_UNSAFE_WRITES`.',
  },
} as const satisfies Record<string, ArgSpec>;

/** Also taken by modules that make a file by their own means. */
export const backupArg = {
  type: 'bool',
  default: false,
  doc: 'Keep a copy of the file as it was, with a time stamp in its name.',
} as const satisfies ArgSpec;

export const validateArg = {
  type: 'str',
  doc: 'Command that checks the new file before it is moved into place; %s stands for its path.',
} as const satisfies ArgSpec;
