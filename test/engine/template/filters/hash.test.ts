import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../../src/engine/model/errors.ts';
import { evaluateHere } from '../plain.ts';
import { python } from '../support.ts';

describe('filters: hash', () => {
  test.each<[string, unknown]>([
    ['s | checksum', '2aae6c35c94fcfb415dbe95f408b9ce91ee846ed'],
    ['s | md5', '5eb63bbbe01eeed093cb22bb8f5acdc3'],
    ['s | sha1', '2aae6c35c94fcfb415dbe95f408b9ce91ee846ed'],
    ["s | hash('sha256')", 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9'],
    ["'foo' | to_uuid", 'f54e0251-da46-5177-a22b-2f98d0a8962c'],
    ["'foo' | to_uuid(namespace='11111111-2222-3333-4444-555555555555')", '91928871-a4cf-5f9d-be60-60312c15046d'],
  ])('%s', (expression, expected) => {
    expect(evaluateHere(expression)).toEqual(python(expected));
  });

  test.each(["s | hash('blowfishy')", "'foo' | to_uuid(namespace='bad')"])('%s is an error', (expression) => {
    expect(() => evaluateHere(expression)).toThrow(TsplayError);
  });
});
