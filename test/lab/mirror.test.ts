import { describe, expect, test } from '@jest/globals';
import { mirrorFor, parseAptSources } from '../../src/lab/mirror.ts';

describe('parseAptSources', () => {
  test.each([
    [
      'list' as const,
      'deb http://a/debian/ bookworm main contrib\n# deb http://no x\ndeb-src http://a bookworm main',
      [['http://a/debian', 'bookworm']],
    ],
    [
      'list' as const,
      'deb [arch=amd64 signed-by=/k.gpg] https://b/debian trixie main',
      [['https://b/debian', 'trixie']],
    ],
    [
      'sources' as const,
      'Types: deb deb-src\nURIs: http://a/debian\nSuites: bookworm bookworm-updates\nComponents: main\n\n# x\nTypes: deb\nURIs: http://s/\nSuites:\n bookworm-security\nSigned-By: /k\n',
      [
        ['http://a/debian', 'bookworm'],
        ['http://a/debian', 'bookworm-updates'],
        ['http://s', 'bookworm-security'],
      ],
    ],
    ['sources' as const, 'Enabled: no\nTypes: deb\nURIs: http://a\nSuites: x\n', []],
    ['sources' as const, 'Types: deb-src\nURIs: http://a\nSuites: x\n', []],
  ])('%s: %j', (format, text, expected) => {
    expect(parseAptSources(text, format).map(({ uri, suite }) => [uri, suite])).toEqual(expected);
  });
});

describe('mirrorFor', () => {
  const own = [
    { uri: 'http://mirror/debian', suite: 'bookworm' },
    { uri: 'http://mirror/debian', suite: 'bookworm-updates' },
    { uri: 'http://mirror/security', suite: 'bookworm-security' },
    { uri: 'http://mirror/debian', suite: 'bookworm-backports' },
    { uri: 'https://vendor/apt', suite: 'nodistro' },
  ];

  test("a release is taken from the machine's own mirror", () => {
    expect(mirrorFor('trixie', own, 'bookworm')).toEqual({
      base: 'http://mirror/debian',
      lines: [
        'deb http://mirror/debian trixie main',
        'deb http://mirror/debian trixie-updates main',
        'deb http://mirror/security trixie-security main',
      ],
    });
  });

  test.each([
    ['', []],
    ['noble', [{ uri: 'http://archive.ubuntu.com/ubuntu', suite: 'noble' }]],
  ])('a machine that is not Debian (%j) uses the official archive', (codename, sources) => {
    const ownRelease = codename === 'noble' ? '' : codename;
    expect(mirrorFor('bookworm', sources, ownRelease).lines[0]).toBe('deb http://deb.debian.org/debian bookworm main');
  });
});
