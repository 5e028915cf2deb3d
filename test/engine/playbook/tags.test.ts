import { describe, expect, test } from '@jest/globals';
import { selected, tagNames } from '../../../src/engine/playbook/tags.ts';

describe('selected', () => {
  test.each<[string[], string[], string[], boolean]>([
    [[], [], [], true],
    [['a'], [], [], true],
    [['never'], [], [], false],
    [['never', 'a'], [], [], false],
    [['never', 'a'], ['a'], [], true],
    [['never'], ['never'], [], true],
    [['a'], ['b'], [], false],
    [['a', 'b'], ['b'], [], true],
    [['always'], ['b'], [], true],
    [['always', 'never'], ['b'], [], true],
    [[], ['b'], [], false],
    [[], ['untagged'], [], true],
    [['a'], ['untagged'], [], false],
    [['a'], ['tagged'], [], true],
    [[], ['tagged'], [], false],
    [['never'], ['tagged'], [], false],
    [['a'], ['all'], ['a'], false],
    [['a', 'b'], ['b'], ['a'], false],
    [['always'], [], ['always'], false],
    [['always'], [], ['all'], true],
    [['always'], [], ['all', 'always'], false],
    [['a'], [], ['all'], false],
    [['a'], [], ['tagged'], false],
    [[], [], ['tagged'], true],
    [[], [], ['untagged'], false],
  ])('%j with --tags %j --skip-tags %j: %j', (tags, only, skip, expected) => {
    expect(selected(tags, only, skip)).toBe(expected);
  });
});

test('tagNames flattens what templates gave, each name once', () => {
  expect(tagNames(['a', ['b', 'a'], 3])).toEqual(['a', 'b', '3']);
});
