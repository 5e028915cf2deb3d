import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../../src/engine/model/errors.ts';
import { evaluateHere } from '../plain.ts';

describe('tests', () => {
  test.each<[string, boolean]>([
    ["'1.10' is version('1.9', '>')", true],
    ["'1.10' is version_compare('1.9', 'lt')", false],
    ["'1.0a' is version('1.0', '>')", true],
    ["'1.2' is version('1.2.0', '==')", false],
    ["'1.2' is version('1.2.0', '==', strict=True)", true],
    ["'1.2' is version('1.2b1', '>', strict=True)", true],
    ["'1.0.0-rc1' is version('1.0.0', '<', version_type='semver')", true],
    ["'1.0.0-rc.9' is version('1.0.0-rc.10', '<', version_type='semver')", true],
    ["'1.0.0-1' is version('1.0.0-a', '<', version_type='semver')", true],
    ["'1.0.0+b1' is version('1.0.0+b2', '==', version_type='semantic')", true],
    ["'1.0.dev1' is version('1.0a1', '<', version_type='pep440')", true],
    ["'1.0rc1' is version('1.0', '<', version_type='pep440')", true],
    ["'1.0.post1' is version('1.0', '>', version_type='pep440')", true],
    ["'1.0' is version('1.0.0', '==', version_type='pep440')", true],
    ["'1!0.1' is version('9.9', '>', version_type='pep440')", true],
    ["'http://a.b/c' is url", true],
    ["'foo' is url", false],
    ["'ftp://a.b' is url(['http', 'https'])", false],
    ["'urn:x:y' is urn", true],
    ["'mailto:x' is uri(['mailto'])", true],
    ["'/' is directory", true],
    ["'/' is file", false],
    ["'/nope/nope' is exists", false],
    ["'/etc/passwd/nope' is exists or '/etc/passwd/nope' is link_exists", false],
    ["'/' is mount", true],
    ["'/' is same_file('/..')", true],
    ["'a/b' is abs", false],
    ['[1, 2] is contains(1)', true],
    ['[1] is subset([1, 2])', true],
    ['[1, 2] is superset([3])', false],
    ["'yes' is truthy(convert_bool=True)", true],
    ["'no' is truthy(convert_bool=True)", false],
    ["'no' is truthy", true],
    ["'' is falsy", true],
    ["'foo' is search('o+$')", true],
    ["'foo' is match('oo')", false],
    ["'foo' is regex('FOO', ignorecase=True)", true],
    ["'foo' is regex('fo', match_type='fullmatch')", false],
    ["{'results': [{}, {'changed': true}]} is changed", true],
    ['{} is changed', false],
    ["{'failed': true} is failed", true],
    ['{} is succeeded', true],
    ["{'skipped': true} is skipped", true],
    ["{'unreachable': true} is reachable", false],
    ["{'finished': 1} is finished", true],
    ["{'timedout': {'period': 3}} is timedout", true],
    ['[1, 0] is all', false],
    ['[] is all', true],
    ['[0, 1] is any', true],
    ["('nan' | float) is nan", true],
  ])('%s: %s', (expression, expected) => {
    expect(evaluateHere(expression)).toBe(expected);
  });

  test.each<[string, string]>([
    ["'1.2.x' is version('1.2.3', '<')", 'Version comparison failed'],
    ["'1.2' is version('1.2', '<', version_type='semver')", 'invalid semantic version'],
    ["'1' is version('1', 'foo')", 'Invalid operator type'],
    ["'1' is version('1', '==', version_type='foo')", 'Invalid version type'],
    ["'1' is version('1', '==', strict=True, version_type='loose')", 'Cannot specify both'],
    ["'' is version('1')", 'cannot be empty'],
    ["'x' is failed", "The 'failed' test expects a dictionary"],
    ["'/nope/nope' is same_file('/')", 'no such file'],
    ["'/nope/nope' is vaulted_file", 'Cannot test'],
    ["nope is search('x')", "'nope' is undefined"],
  ])('%s fails: %s', (expression, message) => {
    expect(() => evaluateHere(expression)).toThrow(TsplayError);
    expect(() => evaluateHere(expression)).toThrow(message);
  });
});
