import { TsplayError } from '../../model/errors.ts';
import type { Value } from '../../model/value.ts';
import { parseUrl, type UrlParts } from '../filters/urls/parse.ts';
import { bind } from '../params.ts';
import type { Tests } from '../types.ts';
import { contains, truthy } from '../values.ts';

export const tests: Tests = {
  uri: (value, args, kwargs) => parseAs(value, args, kwargs) !== undefined,
  url(value, args, kwargs) {
    const parts = parseAs(value, args, kwargs);
    return parts !== undefined && (parts.netloc !== '' || parts.scheme === 'file');
  },
  urn: (value) => parseAs(value, [['urn']], new Map()) !== undefined,
};

/** The parts of a URI whose scheme is among those asked for. */
function parseAs(value: Value, args: Value[], kwargs: Map<string, Value>): UrlParts | undefined {
  const { schemes = null } = bind(args, kwargs, ['schemes'], 'uri');
  if (typeof value !== 'string') return undefined;
  try {
    const parts = parseUrl(value);
    return schemes === null || !truthy(schemes) || contains(schemes, parts.scheme) ? parts : undefined;
  } catch (error) {
    if (error instanceof TsplayError) return undefined;
    throw error;
  }
}
