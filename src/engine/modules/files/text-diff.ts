import type { Diff } from '../../model/change.ts';

/** Larger contents are not shown. */
export const largestShown = 104448;

/** A diff of two contents; undefined stands for a file that is not there. What is binary or large is only named. */
export function contentDiff(
  before: Buffer | undefined,
  after: Buffer | 'large',
  headers: { readonly before: string; readonly after: string },
): Diff {
  return {
    before: shown(before ?? Buffer.alloc(0)),
    after: after === 'large' ? '(too large to be shown)\n' : shown(after),
    ...(before === undefined ? {} : { beforeHeader: headers.before }),
    afterHeader: headers.after,
  };
}

/** Stands for the diff of a file whose source is encrypted. */
export function hiddenDiff(path: string): Diff {
  return { before: '', after: '(hidden, since its source is encrypted)\n', beforeHeader: path, afterHeader: path };
}

function shown(content: Buffer): string {
  if (content.length > largestShown) return '(too large to be shown)\n';
  if (content.subarray(0, 8192).includes(0)) return '(binary)\n';
  return content.toString('utf8');
}
