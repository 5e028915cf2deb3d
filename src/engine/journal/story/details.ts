import type { Diff } from '../../model/change.ts';
import { type Coded, decode } from '../../model/codec.ts';
import type { Dict } from '../../model/value.ts';
import type { Seal } from '../../vault/seal.ts';
import type { Unseal } from './phases.ts';

/** What a task told of its work on a host, redacted before it was kept. */
export interface Details {
  readonly changes: readonly string[];
  readonly diffs: readonly Diff[];
  /** Of a failure. */
  readonly result?: Dict | undefined;
  /** Of a turn of a loop. */
  readonly label?: string | undefined;
}

export function unsealing(seal: Seal): Unseal {
  return (sealed) => JSON.parse(seal.open(Buffer.from(sealed, 'base64')).toString());
}

export function readDetails(sealed: string, unseal: Unseal): Details {
  const { changes = [], diffs = [], result, label } = unseal(sealed) as CodedDetails;
  return {
    changes,
    diffs: diffs.map(readDiff),
    label,
    ...(result !== undefined && { result: decode(result) as Dict }),
  };
}

interface CodedDetails {
  readonly changes?: readonly string[];
  readonly diffs?: readonly CodedDiff[];
  readonly result?: Coded;
  readonly label?: string;
}

type CodedDiff = Omit<Diff, 'before' | 'after'> & { readonly before: Coded; readonly after: Coded };

function readDiff({ before, after, ...headers }: CodedDiff): Diff {
  return { ...headers, before: decode(before), after: decode(after) };
}
