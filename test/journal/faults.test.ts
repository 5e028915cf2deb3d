import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { describeOnLab, labTimeout } from '../lab/on-lab.ts';
import type { Answer } from '../lab/run.ts';
import { recap, tsplay } from '../lab/tsplay.ts';

/** Bytes; more than the small disk holds. */
const TOO_MUCH = 3_000_000;

describeOnLab('a run whose hosts have trouble', { hosts: ['one', 'two'] }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const site = join(folder, 'site.yml');
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (tasks: string) => {
    writeFileSync(site, `- hosts: all\n  gather_facts: false\n  tasks:\n${tasks}`);
    const alive = '-oServerAliveInterval=1 -oServerAliveCountMax=2 -oConnectTimeout=2';
    return tsplay('run', site, '-i', lab.inventory, '-e', `{"ansible_ssh_extra_args": "${alive}"}`);
  };
  /** Does something to the second host in the middle of a run, once it stands at the second task. */
  const WHILE =
    '    - copy: {content: a, dest: /srv/before}\n    - command: touch /run/there\n    - command: /root/wait\n';
  const untilThere = async (running: Promise<Answer>) => {
    const early = running.then(({ stdout, stderr }) => Promise.reject(new Error(`it ended: ${stdout}${stderr}`)));
    const there = async () => {
      while ((await lab.ssh('two', 'rm /run/there')).code !== 0) await new Promise((turn) => setImmediate(turn));
    };
    await Promise.race([early, there()]);
    early.catch(() => {});
  };
  const all = async (command: string) => (await lab.ssh('two', command)).stdout;

  const SILENT = [
    { name: 'whose network is cut', spoil: () => lab.cut('two'), mend: () => lab.mend('two') },
    { name: 'that loses its power', spoil: () => lab.kill('two'), mend: () => lab.boot('two') },
  ];

  test.each(SILENT)(
    'a host $name is unreachable, the other goes on, and a resume ends it',
    async ({ spoil, mend }) => {
      for (const host of ['one', 'two']) {
        const wait = host === 'one' ? 'true' : '[ -e /root/mended ] || sleep 600';
        await lab.ssh(
          host,
          `rm -f /srv/* /root/mended; printf '%s\\n' '#!/bin/sh' '${wait}' >/root/wait; chmod +x /root/wait`,
        );
      }
      const running = run(`${WHILE}    - copy: {content: b, dest: /srv/after}\n`);
      await untilThere(running);
      await spoil();
      const { code, stdout } = await running;
      expect({ code, recap: recap(stdout) }).toMatchObject({
        code: 4,
        recap: { one: { unreachable: 0, changed: 4 }, two: { unreachable: 1, failed: 0 } },
      });
      await mend();
      await lab.ssh('two', 'touch /root/mended');
      expect(await tsplay('resume')).toMatchObject({
        code: 5,
        stderr: expect.stringContaining('site.yml:6:7: "command" on two'),
      });
      expect(await tsplay('resume', '--assume', 'redo')).toMatchObject({ code: 0 });
      expect(await all('ls -A /srv')).toBe('after\nbefore\n');
    },
    labTimeout,
  );

  const DISKS = [
    { name: 'is full', mount: 'mount -t tmpfs -o size=1m tmpfs /srv', mend: 'umount /srv', says: 'No space left' },
    { name: 'cannot be written', mount: 'mount -t tmpfs -o ro tmpfs /srv', mend: 'umount /srv', says: 'Read-only' },
  ];

  test.each(DISKS)(
    'a disk that $name fails the task, leaves no piece of a file, and a resume ends it',
    async ({ mount, mend, says }) => {
      for (const host of ['one', 'two']) await lab.ssh(host, 'rm -f /srv/*');
      await lab.ssh('two', mount);
      const { code, stdout } = await run(`    - copy: {content: "{{ 'x' * ${TOO_MUCH} }}", dest: /srv/big}\n`);
      expect({ code, recap: recap(stdout) }).toMatchObject({
        code: 2,
        recap: { one: { changed: 1 }, two: { failed: 1, unreachable: 0 } },
      });
      expect(stdout).toContain(says);
      expect(await all('ls -A /srv')).toBe('');
      await lab.ssh('two', mend);
      expect(await tsplay('resume')).toMatchObject({ code: 0 });
      expect(await all('stat -c %s /srv/big')).toBe(`${TOO_MUCH}\n`);
    },
    labTimeout,
  );
});
