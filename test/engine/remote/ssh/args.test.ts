import { describe, expect, test } from '@jest/globals';
import { parseSshArgs } from '../../../../src/engine/remote/connections/ssh/args.ts';

describe('parseSshArgs', () => {
  test.each([
    [
      '-o in all its spellings',
      ['-o A=b -oC=d -o "E f" -o G="h i"'],
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
        ['g', 'h i'],
      ],
    ],
    [
      'letters',
      ['-p 2222 -l bob -i /k -J a,b'],
      [
        ['port', '2222'],
        ['user', 'bob'],
        ['identityfile', '/k'],
        ['proxyjump', 'a,b'],
      ],
    ],
    [
      'letters without a space',
      ['-p2222 -i/k'],
      [
        ['port', '2222'],
        ['identityfile', '/k'],
      ],
    ],
    [
      'flags in one word',
      ['-4AC'],
      [
        ['addressfamily', 'inet'],
        ['forwardagent', 'yes'],
        ['compression', 'yes'],
      ],
    ],
    ['flags of the ssh process', ['-q -vvv -tt -T'], []],
    [
      'a flag, then a value',
      ['-Cp 22'],
      [
        ['compression', 'yes'],
        ['port', '22'],
      ],
    ],
    [
      'several texts',
      ['-o A=b', '-o A=c'],
      [
        ['a', 'b'],
        ['a', 'c'],
      ],
    ],
    [
      'a command with quotes',
      [`-o ProxyCommand="ssh -W %h:%p -q 'jump host'"`],
      [['proxycommand', "ssh -W %h:%p -q 'jump host'"]],
    ],
  ])('%s', (_name, texts, options) => {
    expect(parseSshArgs(texts)).toEqual({ options, unknown: [], stray: [] });
  });

  test('-F and what is not understood', () => {
    expect(parseSshArgs(['-F /f -L 1:a:2 word'])).toEqual({
      options: [],
      configFile: '/f',
      unknown: ['-L'],
      stray: ['word'],
    });
  });
});
