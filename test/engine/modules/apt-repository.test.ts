import { describe, expect, test } from '@jest/globals';
import {
  enabledIn,
  fileNameFor,
  parseSource,
  removedFrom,
} from '../../../src/engine/modules/apt-repository/sources.ts';

const source = 'deb http://deb.debian.org/debian bookworm main';

test.each([
  ['deb  http://x/y   z main # why', { valid: true, enabled: true, source: 'deb http://x/y z main', comment: 'why' }],
  ['# deb http://x/y z main', { valid: true, enabled: false, source: 'deb http://x/y z main', comment: '' }],
  ['# just words', { valid: false, enabled: false, source: 'just words', comment: '' }],
  ['', { valid: false, enabled: true, source: '', comment: '' }],
])('the line %j', (line, parsed) => {
  expect(parseSource(line)).toEqual(parsed);
});

describe('a repository in a text', () => {
  test('switched on where it stands commented out', () => {
    expect(enabledIn(`# ${source}\nother\n`, source)).toBe(`${source}\nother\n`);
    expect(enabledIn(`${source}\n`, source)).toBe(`${source}\n`);
    expect(enabledIn('other\n', source)).toBeUndefined();
  });

  test('taken out where it is switched on', () => {
    expect(removedFrom(`# c\n${source}\n`, source)).toBe('# c\n');
    expect(removedFrom(`# ${source}\n`, source)).toBeUndefined();
  });
});

test.each([
  ['deb http://deb.debian.org/debian bookworm main', 'deb_debian_org_debian.list'],
  [
    'deb [arch=amd64 signed-by=/x.gpg] https://user:pw@download.docker.com/linux/debian bookworm stable',
    'download_docker_com_linux_debian.list',
  ],
])('a file for %s', (line, name) => {
  expect(fileNameFor(line)).toBe(name);
});
