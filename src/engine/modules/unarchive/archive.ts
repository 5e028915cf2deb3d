import { TsplayError } from '../../model/errors.ts';
import type { Script } from '../../model/script.ts';
import { sh } from '../../remote/quote.ts';

/** Where the archive comes from: a file of the controller, one of the host, or an address that the host fetches. */
export type ArchiveSource =
  | { readonly kind: 'sent'; readonly path: string; readonly bytes: Buffer }
  | { readonly kind: 'there'; readonly path: string }
  | { readonly kind: 'fetched'; readonly url: string };

export function sourceName(source: ArchiveSource): string {
  return source.kind === 'fetched' ? source.url : source.path;
}

/** Bytes that go to a script that starts with `openArchive`. */
export function stdinOf(source: ArchiveSource): { stdin?: Buffer } {
  return source.kind === 'sent' ? { stdin: source.bytes } : {};
}

/**
 * Start of a script that finds the archive's path in `$a`. What is not on the host yet is kept there in a temporary
 * file, which goes when the script ends. Ends with 9 if there is none, with 8 if it cannot be read or is empty.
 */
export function openArchive(source: ArchiveSource): Script {
  const checked = sh`[ -e "$a" ] || exit 9; [ -r "$a" ] && [ -s "$a" ] || exit 8`;
  if (source.kind === 'there') return sh`a=${source.path}; ${checked}`;
  const fill = source.kind === 'sent' ? sh`cat >"$a"` : download(source.url);
  return sh`a=$(mktemp) || exit 1; trap 'rm -f "$a"' EXIT; ${fill} || exit 7; ${checked}`;
}

function download(url: string): Script {
  if (!/^(https?|ftp):\/\//i.test(url)) throw new TsplayError('module', `cannot fetch an archive from ${url}`);
  return sh`if command -v curl >/dev/null; then curl -fsSL -o "$a" -- ${url}; else wget -q -O "$a" -- ${url}; fi`;
}

/** How the archive is packed, in `$z`: the option of tar, or `zip`. */
export const detectPacking: Script = sh`case $(od -An -tx1 -N6 "$a" | tr -d ' \n') in
504b0304*|504b0506*) z=zip;; 1f8b*) z=-z;; 425a68*) z=-j;; fd377a585a00) z=-J;; 28b52ffd*) z=--zstd;; *) z=;; esac`;

const handlers: Readonly<Record<string, string>> = {
  zip: 'ZipArchive',
  '-z': 'TgzArchive',
  '-j': 'TarBzipArchive',
  '-J': 'TarXzArchive',
  '--zstd': 'TarZstdArchive',
};

/** Ansible's name for what unpacks it. */
export function handlerName(packing: string): string {
  return Object.hasOwn(handlers, packing) ? handlers[packing]! : 'TarArchive';
}
