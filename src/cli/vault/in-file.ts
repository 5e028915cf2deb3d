import { TsplayError } from '../../engine/model/errors.ts';

/** Does something with a file's content; an error names the file. */
export function inFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    throw new TsplayError(error.kind, `${error.message} for ${path}`, { hint: error.hint, cause: error });
  }
}
