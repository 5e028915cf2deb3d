import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../../src/engine/model/errors.ts';
import { evaluateHere } from '../plain.ts';
import { python } from '../support.ts';

describe('filters: time', () => {
  test.each<[string, unknown]>([
    ["'%Y-%m-%d' | strftime(86400, utc=True)", '1970-01-02'],
    ["'%a %b %d %j %H:%M:%S %p %I' | strftime(1700000000, utc=True)", 'Tue Nov 14 318 22:13:20 PM 10'],
    ["('2020-01-02 03:04:05' | to_datetime).year", 2020],
    ["(('2020-01-03 00:00:00' | to_datetime) - ('2020-01-01 00:00:00' | to_datetime)).days", 2],
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });

  test.each(["'2020-13-02' | to_datetime('%Y-%m-%d')"])('%s is an error', (expression) => {
    expect(() => evaluateHere(expression)).toThrow(TsplayError);
  });
});
