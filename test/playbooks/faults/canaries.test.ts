import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { describeOnLab } from '../../lab/on-lab.ts';
import { findInFolder, findOnHost, formsOf, watchArguments } from './canaries.ts';

const SECRET = 'a1b2c3d4e5f6a7b8';

describe('forms of a secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'canaries-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['', 'x', 'xy', '{"token":"'])('it is found in base64 behind "%s"', (before) => {
    const text = Buffer.from(`${before}${SECRET}"}`).toString('base64');
    expect(formsOf(SECRET).some((form) => text.includes(form))).toBe(true);
  });

  test('other text has none of them', () => {
    const text = `b1b2c3d4e5f6a7b8 ${Buffer.from('b1b2c3d4e5f6a7b8').toString('base64')}`;
    expect(formsOf(SECRET).filter((form) => text.includes(form))).toEqual([]);
  });

  test('they are found in a folder of the controller', async () => {
    writeFileSync(join(folder, 'clean'), 'nothing');
    writeFileSync(join(folder, 'binary'), Buffer.from(`\0${Buffer.from(SECRET).toString('hex')}\0`));
    expect(await findInFolder(folder, formsOf(SECRET))).toEqual([join(folder, 'binary')]);
  });
});

describeOnLab('the search for secrets on a host', { hosts: ['host1'] }, (lab) => {
  const find = () => findOnHost(lab, 'host1', formsOf(SECRET), ['/var/lib/belongs']);

  test('finds nothing where there is nothing, also of its own doing', async () => {
    await watchArguments(lab, ['host1']);
    expect(await find()).toEqual([]);
  });

  test('finds files, the journal, processes that run and processes that are over', async () => {
    await lab.ssh(
      'host1',
      `mkdir -p /var/lib/belongs; for file in /etc/left /run/left /tmp/left /var/lib/belongs/kept; do echo '{"a": "${SECRET}"}' | base64 >$file; done
      sh -c 'sleep 1' ${SECRET}; logger ${SECRET}; journalctl --sync; TOKEN=${SECRET} setsid sleep 100 >/dev/null 2>&1 </dev/null &`,
    );
    expect(await find()).toEqual([
      '/etc/left',
      expect.stringMatching(/^\/proc\/\d+\/environ$/),
      '/run/left',
      '/run/seen',
      '/tmp/left',
      expect.stringMatching(/^\/var\/log\/journal\//),
      'journal',
    ]);
  });
});
