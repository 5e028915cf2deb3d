import type { Attributes, Change } from '../model/change.ts';
import type { FileState, HostView } from '../remote/types.ts';
import { beforeOf } from './files/target.ts';
import { contentDiff } from './files/text-diff.ts';

/** A configuration file of a host, as text. `state` is undefined and the text empty where there is none. */
export interface TextFile {
  readonly path: string;
  readonly state: FileState | undefined;
  readonly text: string;
}

export async function readText(host: HostView, path: string): Promise<TextFile> {
  const file = await host.read(path);
  return { path, state: file?.state, text: file?.content.toString('utf8') ?? '' };
}

/** The change that gives the file another text; what owner and mode it has stays. */
export function writeText(
  file: TextFile,
  text: string,
  options: { readonly backup?: boolean; readonly attributes?: Attributes; readonly summary?: string } = {},
): Change {
  const { path, state } = file;
  const old = state ? Buffer.from(file.text) : undefined;
  const bytes = Buffer.from(text);
  return {
    kind: 'write',
    summary: options.summary ?? `${state ? 'write' : 'create'} ${path}`,
    path,
    content: { bytes },
    attributes: options.attributes ?? (state ? {} : { mode: 0o644 }),
    before: beforeOf(state, old),
    diff: contentDiff(old, bytes, { before: path, after: path }),
    ...(options.backup && state ? { backup: true } : {}),
  };
}

/** Lines without their ends; a last line that is empty only because the text ends with a line end is left out. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
