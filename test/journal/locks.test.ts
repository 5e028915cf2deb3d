import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { describeOnLab, labTimeout } from '../lab/on-lab.ts';
import { builtProgram } from '../lab/program.ts';
import { tsplay } from '../lab/tsplay.ts';

const PROGRAM = builtProgram();

describeOnLab('two runs on one host', { hosts: ['one'] }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'locks-'));
  const long = join(folder, 'long.yml');
  const short = join(folder, 'short.yml');
  const play = (tasks: string) => `- hosts: all\n  gather_facts: false\n  tasks:\n${tasks}`;
  writeFileSync(long, play('    - shell: while [ ! -e /srv/go ]; do sleep 0.1; done; echo long >> /srv/log\n'));
  writeFileSync(short, play('    - shell: echo short >> /srv/log\n'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A run that waits in its task until /srv/go is there; resolves when it is in it. */
  async function begin() {
    await lab.ssh('one', 'rm -f /srv/*');
    const child = spawn(process.execPath, [PROGRAM, 'run', long, '-i', lab.inventory], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: process.env,
    });
    const closed = once(child, 'close');
    await lab.ssh('one', 'while [ ! -e /run/lock/tsplay.lock ]; do sleep 0.1; done');
    return { child, closed };
  }

  test(
    'the second is refused and told by whom, waits if it is told to, or goes ahead',
    async () => {
      const { closed } = await begin();
      const refused = await tsplay('run', short, '-i', lab.inventory);
      expect(refused).toMatchObject({
        code: 4,
        stdout: expect.stringMatching(
          /UNREACHABLE!.*locked by run \d{8}-\d{6}-\w{4} of \w+@\S+ \(process \d+\), since/,
        ),
      });
      expect(await tsplay('run', short, '-i', lab.inventory, '--check')).toMatchObject({ code: 0 });
      expect(await tsplay('run', short, '-i', lab.inventory, '--no-lock')).toMatchObject({ code: 0 });
      const patient = tsplay('run', short, '-i', lab.inventory, '--wait-lock', '60');
      await lab.ssh('one', 'touch /srv/go');
      await closed;
      expect(await patient).toMatchObject({ code: 0 });
      expect((await lab.ssh('one', 'cat /srv/log; ls /run/lock/tsplay*')).stdout).toBe('short\nlong\nshort\n');
    },
    labTimeout,
  );

  test(
    'the lock of a run that was killed is taken over',
    async () => {
      const { child, closed } = await begin();
      child.kill('SIGKILL');
      await closed;
      expect(await tsplay('run', short, '-i', lab.inventory)).toMatchObject({ code: 0 });
      await lab.ssh('one', 'touch /srv/go');
    },
    labTimeout,
  );
});
