import { compare, fail } from '../values.ts';

/** Orders two versions of no fixed form: runs of digits as numbers, runs of letters as text. Throws where a number meets letters. */
export function compareLoose(a: string, b: string): number {
  return compare(parse(a), parse(b));
}

function parse(version: string): (number | string)[] {
  const parts = version.split(/(\d+|[a-z]+|\.)/).filter((part) => part !== '' && part !== '.');
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

const STRICT = /^(\d+)\.(\d+)(?:\.(\d+))?(?:([ab])(\d+))?$/;

/** Orders two versions of the form `1.2`, `1.2.3`, `1.2a1`. Throws for any other. */
export function compareStrict(a: string, b: string): number {
  return compare(parseStrict(a), parseStrict(b));
}

function parseStrict(version: string): (number | string)[] {
  const found = STRICT.exec(version);
  if (!found) return fail(`invalid version number '${version}'`);
  const [, major, minor, patch = '0', phase, serial = '0'] = found;
  // A final version comes after its alphas and betas.
  return [Number(major), Number(minor), Number(patch), phase ?? 'final', Number(serial)];
}
