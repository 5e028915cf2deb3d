import { type Digest, digests } from '../../remote/digest.ts';

export type WantedChecksum =
  | { readonly algorithm: Digest; readonly digest: string; readonly problem?: undefined }
  | { readonly problem: string };

/** Reads `sha256:abc...` or `sha256:https://...`; undefined for an empty text. */
export function parseChecksum(
  text: string,
): WantedChecksum | { readonly algorithm: Digest; readonly url: string } | undefined {
  if (text === '') return undefined;
  const at = text.indexOf(':');
  if (at < 0) return { problem: 'The checksum parameter has to be in format <algorithm>:<checksum>' };
  const name = text.slice(0, at).toLowerCase();
  const rest = text.slice(at + 1);
  const algorithm = digests.find((each) => each === name);
  if (!algorithm)
    return { problem: `Could not hash file with algorithm '${name}'. Available algorithms: ${digests.join(', ')}` };
  return /^(https?|ftp|file):/.test(rest) ? { algorithm, url: rest } : digestOf(algorithm, rest);
}

function digestOf(algorithm: Digest, text: string): WantedChecksum {
  const digest = text.replaceAll(/\W+/g, '').toLowerCase();
  return /^[0-9a-f]+$/.test(digest) ? { algorithm, digest } : { problem: 'The checksum format is invalid' };
}

/** The digest of a file in a list: `DIGEST  NAME` lines, or one digest alone. */
export function checksumIn(
  list: string,
  name: string,
  { algorithm, url }: { readonly algorithm: Digest; readonly url: string },
): WantedChecksum {
  const lines = list.split('\n').filter((line) => line !== '');
  if (lines.length === 1 && !/\s/.test(lines[0]!.trim())) return digestOf(algorithm, lines[0]!);
  for (const line of lines) {
    const [, digest = '', file = ''] = /^(\S+) [ *]?(.+)$/.exec(line) ?? [];
    if (file.replace(/^[./]+/, '') === name) return digestOf(algorithm, digest);
  }
  return { problem: `Unable to find a checksum for file '${name}' in '${url}'` };
}
