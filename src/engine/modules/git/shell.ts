import type { Script } from '../../model/script.ts';
import { quote, sh } from '../../remote/quote.ts';
import type { GitArgs } from './args.ts';

/** Start of each script: the environment of git. It must never ask, as nobody would answer. */
export function gitSetup(args: GitArgs): Script {
  const umask = args.umask === null ? sh`:` : sh`umask ${umaskText(args.umask)}`;
  const command = sshCommand(args);
  const ssh = command === undefined ? sh`:` : sh`GIT_SSH_COMMAND=${command}; export GIT_SSH_COMMAND`;
  return sh`LC_ALL=C GIT_TERMINAL_PROMPT=0; export LC_ALL GIT_TERMINAL_PROMPT; ${umask}; ${ssh}`;
}

export function program(args: GitArgs): string {
  return args.executable ?? 'git';
}

/** Git in the repository of `dest`. */
export function gitThere(args: GitArgs): Script {
  return sh`${program(args)} -C ${folderOf(args)}`;
}

/** Only a look at the remote repository does without a folder. */
export function folderOf({ dest }: GitArgs): string {
  return dest ?? '/';
}

/** A path becomes an address, since git ignores `depth` for plain paths. */
export function addressOf({ repo }: GitArgs): string {
  return repo.startsWith('/') ? `file://${repo}` : repo;
}

/** YAML gives `0022` as a number. */
function umaskText(umask: unknown): string {
  return typeof umask === 'number' ? umask.toString(8).padStart(4, '0') : String(umask);
}

function sshCommand(args: GitArgs): string | undefined {
  const { key_file: key, ssh_opts: more, accept_hostkey: any, accept_newhostkey: fresh } = args;
  if (key === null && more === null && !any && !fresh) return undefined;
  return [
    'ssh -o BatchMode=yes',
    ...(any ? ['-o StrictHostKeyChecking=no'] : fresh ? ['-o StrictHostKeyChecking=accept-new'] : []),
    ...(key === null ? [] : [`-i ${quote(key)} -o IdentitiesOnly=yes`]),
    ...(more === null ? [] : [more]),
  ].join(' ');
}
