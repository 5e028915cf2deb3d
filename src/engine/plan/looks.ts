import type { FileState, HostView } from '../remote/types.ts';
import { bytesDigest, type Digest, textDigest } from './digest.ts';
import type { SeenPath } from './document.ts';

/** Notes what a task sees of paths while it looks at a host. */
export class Looks {
  private readonly seen = new Map<string, SeenPath>();
  private readonly digest: Digest;

  constructor(digest: Digest) {
    this.digest = digest;
  }

  over(view: HostView): HostView {
    return {
      ...view,
      stat: async (path, options) => {
        const state = await view.stat(path, options);
        const sum = state?.checksum;
        this.note(path, state, sum === undefined ? undefined : textDigest(this.digest, 'checksum', sum));
        return state;
      },
      read: async (path) => {
        const file = await view.read(path);
        this.note(path, file?.state, file && bytesDigest(this.digest, file.content));
        return file;
      },
    };
  }

  get paths(): Readonly<Record<string, SeenPath>> {
    return Object.fromEntries(this.seen);
  }

  /** A path that is looked at twice keeps what tells more. */
  private note(path: string, state: FileState | undefined, content: string | undefined): void {
    const known = this.seen.get(path);
    if (known?.content !== undefined && content === undefined) return;
    this.seen.set(path, state ? seenOf(state, content) : null);
  }
}

function seenOf({ kind, owner, group, mode, target }: FileState, content: string | undefined): SeenPath {
  return {
    kind,
    owner,
    group,
    mode: octal(mode),
    ...(target !== undefined && { leads: target }),
    ...(content !== undefined && { content }),
  };
}

/** `0644`. */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
