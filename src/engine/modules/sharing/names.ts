import { TsplayError } from '../../model/errors.ts';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** Names of clusters and kinds are folders and keys in stores. Throws TsplayError. */
export function checkNames(names: Readonly<Record<'cluster' | 'kind', string>>): void {
  for (const [argument, name] of Object.entries(names)) {
    if (NAME.test(name)) continue;
    throw new TsplayError('module', `${argument}: '${name}' is no name of what can be shared`, {
      hint: 'use letters, digits, dots, dashes and underscores',
    });
  }
}
