import { expandPath } from './expand.ts';
import { Looks } from './look.ts';
import type { Runner } from './runner.ts';
import type { Digest, FileState, HostView } from './types.ts';

/** What a module's `inspect` sees of a host. */
export function hostView(runner: Runner): HostView {
  const looks = new Looks(runner);
  return {
    stat: (path, options) => stat(looks, path, options ?? {}),
    read: (path) => read(looks, path),
    query: (script, options) => runner.script(script, options),
    expand: (path) => expandPath(runner, path),
  };
}

async function stat(
  looks: Looks,
  path: string,
  { follow = false, checksum }: { follow?: boolean; checksum?: Digest },
): Promise<FileState | undefined> {
  const look = await looks.at(path, { digest: checksum });
  const state = follow ? look.there : look.here;
  if (!state || !checksum || state.kind !== 'file' || look.digest === undefined) return state;
  return { ...state, checksum: look.digest };
}

async function read(looks: Looks, path: string): Promise<{ state: FileState; content: Buffer } | undefined> {
  const { there, content } = await looks.at(path, { read: true });
  return there && content ? { state: there, content: content() } : undefined;
}
