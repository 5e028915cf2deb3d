import { TsplayError } from '../../model/errors.ts';
import type { Script } from '../../model/script.ts';
import { sh } from '../../remote/quote.ts';
import type { GitArgs } from './args.ts';
import { gitThere } from './shell.ts';

const formats: Readonly<Record<string, string>> = { zip: 'zip', gz: 'tar.gz', tar: 'tar', tgz: 'tgz' };

/** Whether `archive` holds what would be made now. */
export function compareArchive(args: GitArgs, archive: string): Script {
  return sh`[ -f ${archive} ] && ${make(args, archive)} 2>/dev/null | cmp -s - ${archive}`;
}

/** Makes the archive of the version, whole or not at all. */
export function writeArchive(args: GitArgs, archive: string): Script {
  const temporary = `${archive}.tsplay`;
  return sh`{ ( umask 077; : >${temporary} ) && chmod =rw ${temporary} && ${make(args, archive)} >${temporary} && mv -f -- ${temporary} ${archive} || { rm -f -- ${temporary}; echo 'Failed to perform archive operation' >&2; false; }; }`;
}

function make(args: GitArgs, archive: string): Script {
  const prefix = args.archive_prefix === null ? [] : ['--prefix', args.archive_prefix];
  return sh`${gitThere(args)} archive --format ${formatOf(archive)} ${prefix} ${args.version}`;
}

/** Throws TsplayError for a name whose ending says no format. */
function formatOf(archive: string): string {
  const ending = archive.slice(archive.lastIndexOf('.') + 1);
  if (Object.hasOwn(formats, ending)) return formats[ending]!;
  throw new TsplayError('module', `Unable to get file extension from archive file name : ${archive}`, {
    hint: 'it may end with .zip, .tar, .tar.gz or .tgz',
  });
}
