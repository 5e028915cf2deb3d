import { extname } from 'node:path';
import { transform } from 'sucrase';
import { TsplayError } from '../../../model/errors.ts';
import { shownPath } from '../../loader.ts';

/**
 * The text of a module of TypeScript or JavaScript as a body of a CommonJS function: types taken out, imports made into
 * calls of `require`. Lines stay where they are. Throws TsplayError with the place of a mistake.
 */
export function transpile(text: string, path: string): string {
  const typed = extname(path).endsWith('ts');
  try {
    return transform(text, {
      transforms: typed ? ['typescript', 'imports'] : ['imports'],
      filePath: path,
      disableESTransforms: true,
    }).code;
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    throw new TsplayError('parse', message.replace(`Error transforming ${path}: `, '').replace(/ \(\d+:\d+\)$/, ''), {
      position: { file: shownPath(path), line: loc?.line ?? 1, column: loc?.column ?? 1 },
      cause: error,
    });
  }
}
