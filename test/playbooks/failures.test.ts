import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { describeOnLab, labTimeout } from '../lab/on-lab.ts';
import { recap, tsplay } from '../lab/tsplay.ts';

describeOnLab('a run with trouble', { hosts: ['alpha', 'beta', 'gamma'] }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'trouble-'));
  const site = join(folder, 'site.yml');
  afterAll(() => rmSync(folder, { recursive: true }));

  const play = (tasks: string, ...args: string[]) => {
    writeFileSync(site, `- hosts: all\n  gather_facts: false\n  tasks:\n${tasks}`);
    return tsplay('run', site, '-i', lab.inventory, ...args);
  };

  test(
    'goes on without a host whose sshd is killed in the middle',
    async () => {
      const { code, stdout } = await play(`
    - copy: { content: x, dest: /root/before }
    - command: pkill -KILL sshd
      when: inventory_hostname == 'beta'
    - copy: { content: x, dest: /root/after }
`);
      expect({ code, recap: recap(stdout) }).toMatchObject({
        code: 4,
        recap: {
          alpha: { changed: 2, unreachable: 0 },
          beta: { changed: 1, unreachable: 1, failed: 0 },
          gamma: { changed: 2, unreachable: 0 },
        },
      });
      expect(stdout).toContain('fatal: [beta]: UNREACHABLE!');
      for (const host of ['alpha', 'gamma'])
        expect(await lab.ssh(host, 'cat /root/before /root/after')).toMatchObject({ stdout: 'xx' });
      await lab.reset('beta');
    },
    labTimeout,
  );

  test(
    'says where the task stands that failed, and ends that host alone',
    async () => {
      const { code, stdout, stderr } = await play(`
    - name: Read what one host has
      command: cat /root/only-here
      changed_when: false
    - name: Go on
      command: touch /root/went-on
`);
      expect({ code, failed: Object.values(recap(stdout)).map(({ failed }) => failed) }).toEqual({
        code: 2,
        failed: [1, 1, 1],
      });
      expect(stderr).toContain(`${site}:5:7: task "Read what one host has" failed on alpha`);
      await lab.ssh('gamma', 'touch /root/only-here');
      const again = await play('    - command: cat /root/only-here\n    - command: touch /root/went-on\n');
      expect(again.code).toBe(2);
      expect((await lab.ssh('gamma', 'ls /root/went-on')).code).toBe(0);
      expect((await lab.ssh('alpha', 'ls /root/went-on')).code).toBe(2);
    },
    labTimeout,
  );

  test(
    'a limit leaves the other hosts alone',
    async () => {
      const logins = async () =>
        Number((await lab.ssh('alpha', 'journalctl --sync; journalctl -u ssh | grep -c Accepted')).stdout);
      const before = await logins(); // opens the connection that all asking goes over
      const { code, stdout } = await play('    - command: touch /root/limited\n', '-l', 'all[1:]');
      expect({ code, hosts: Object.keys(recap(stdout)) }).toEqual({ code: 0, hosts: ['beta', 'gamma'] });
      expect(await logins()).toBe(before);
    },
    labTimeout,
  );
});
