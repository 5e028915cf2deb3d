import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../../src/engine/model/errors.ts';
import { Float } from '../../../../src/engine/model/value.ts';
import { evaluateHere } from '../plain.ts';
import { python } from '../support.ts';

describe('filters: numbers', () => {
  test.each<[string, unknown]>([
    ['1048576 | human_readable', '1.00 MB'],
    ['1500 | human_readable(isbits=True)', '1.46 Kb'],
    ['10 | human_readable', '10.00 Bytes'],
    ["1500000 | human_readable(unit='K')", '1464.84 KB'],
    ["'1.5 GB' | human_to_bytes", 1610612736],
    ["'10M' | human_to_bytes", 10485760],
    ["10 | human_to_bytes(default_unit='K')", 10240],
    ["'5Mb' | human_to_bytes(isbits=True)", 5242880],
    ['8 | log(2)', new Float(3)],
    ['100 | log(10)', new Float(2)],
    ['2 | pow(10)', new Float(1024)],
    ['16 | root', new Float(4)],
    ['27 | root(3)', new Float(3)],
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });

  test.each(["'5Xb' | human_to_bytes", "'abc' | human_to_bytes", "'x' | log"])('%s is an error', (expression) => {
    expect(() => evaluateHere(expression)).toThrow(TsplayError);
  });
});
