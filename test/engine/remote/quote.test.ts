import { describe, expect, test } from '@jest/globals';
import { join, sh } from '../../../src/engine/remote/quote.ts';
import { pseudoRandom, runIn, SHELLS } from './shells.ts';

describe('sh', () => {
  test.each([
    ['a string is one word', sh`chown ${'a b'} ${'c'}`, "chown 'a b' 'c'"],
    ['a quote', sh`echo ${"it's"}`, "echo 'it'\\''s'"],
    ['an empty string is a word', sh`echo ${''}`, "echo ''"],
    ['a list is many words', sh`rm -- ${['a', 'b c']}`, "rm -- 'a' 'b c'"],
    ['an empty list is none', sh`rm -- ${[]}`, 'rm -- '],
    ['a number', sh`sleep ${1.5}`, "sleep '1.5'"],
    ['a script as it is', sh`${sh`a ${'b;c'}`} && d`, "a 'b;c' && d"],
    ['backslashes of the template', sh`printf '%s\n' ${'x'}`, "printf '%s\\n' 'x'"],
    ["the shell's own braces", sh`echo "\${x%%a}"`, 'echo "${x%%a}"'],
    ['the text of a value is not an escape', sh`echo ${'\\${x}'}`, "echo '\\${x}'"],
  ])('%s', (_name, script, text) => {
    expect(script.text).toBe(text);
  });

  test('a NUL byte is refused', () => {
    expect(() => sh`echo ${'a\0b'}`).toThrow('NUL');
    expect(() => sh`echo ${['a\0b']}`).toThrow('NUL');
  });

  test('join', () => {
    expect(join([sh`a`, sh`b ${'c'}`], ' && ').text).toBe("a && b 'c'");
    expect(join([sh`a`, sh`b`]).text).toBe('a; b');
  });
});

describe.each(SHELLS.map((shell) => [shell.join(' '), shell] as const))('in %s', (_name, shell) => {
  test('any string comes out as it went in', () => {
    const random = pseudoRandom(7);
    const pieces = [
      "'",
      '"',
      '\\',
      '$x',
      '$(touch /tmp/no)',
      '`id`',
      '\n',
      ' ',
      ';',
      '&',
      '*',
      '~',
      '-n',
      '%s',
      '!',
      '#',
      '\t',
      '\r',
      'é',
      '漢',
      '\x01',
      '\x7f',
      'a',
    ];
    const strings = Array.from({ length: 500 }, () =>
      Array.from({ length: 1 + random(12) }, () => pieces[random(pieces.length)]).join(''),
    );
    const output = runIn(shell, strings.map((text) => sh`printf '%s\0' ${text}`.text).join('\n'));
    expect(output.toString().split('\0').slice(0, -1)).toEqual(strings);
  });
});
