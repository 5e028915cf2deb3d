import type { ArgsOf } from '../define.ts';
import type { ArgSpec } from '../types.ts';

export const gitArgs = {
  repo: { type: 'str', required: true, aliases: ['name'], doc: 'Address of the repository.' },
  dest: { type: 'path', doc: 'Folder of the working copy; needed unless `clone` is false.' },
  version: { type: 'str', default: 'HEAD', doc: 'Branch, tag or commit to have.' },
  remote: { type: 'str', default: 'origin', doc: 'Name of the remote.' },
  refspec: { type: 'str', doc: 'More to fetch, as git fetch takes it.' },
  reference: { type: 'str', doc: 'A repository of the host to take objects from.' },
  force: { type: 'bool', default: false, doc: 'Throw away local changes.' },
  depth: { type: 'int', doc: 'Number of commits to fetch; all by default.' },
  clone: { type: 'bool', default: true, doc: 'Make the working copy if it is not there.' },
  update: { type: 'bool', default: true, doc: 'Bring one that is there up to date.' },
  bare: { type: 'bool', default: false, doc: 'A repository without a working copy.' },
  recursive: { type: 'bool', default: true, doc: 'With its submodules.' },
  single_branch: { type: 'bool', default: false, doc: 'Fetch only the history of the version.' },
  track_submodules: { type: 'bool', default: false, doc: 'Submodules follow their branch.' },
  separate_git_dir: { type: 'path', doc: 'Folder of the repository itself, if it is not below `dest`.' },
  key_file: { type: 'path', doc: "The host's private key file to log in with." },
  ssh_opts: { type: 'str', doc: 'More options for ssh.' },
  accept_hostkey: { type: 'bool', default: false, doc: "Take the server's host key unseen." },
  accept_newhostkey: { type: 'bool', default: false, doc: 'Take the host key of a server that is not known yet.' },
  verify_commit: { type: 'bool', default: false, doc: 'Fail if the signature of the version is not good.' },
  gpg_allowlist: {
    type: 'list',
    elements: 'str',
    default: [],
    aliases: ['gpg_whitelist'],
    doc: 'Fingerprints of the keys that may have signed it; any key that git trusts by default.',
  },
  archive: { type: 'path', doc: 'Archive to make of the version: `.zip`, `.tar`, `.tar.gz` or `.tgz`.' },
  archive_prefix: { type: 'str', doc: 'Put before each path in the archive.' },
  executable: { type: 'path', doc: 'The program to use.' },
  umask: { type: 'raw', doc: 'Umask while it works.' },
} as const satisfies Record<string, ArgSpec>;

export type GitArgs = ArgsOf<typeof gitArgs>;
