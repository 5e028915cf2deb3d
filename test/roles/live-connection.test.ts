import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { loginKeyFile, sshOptions } from '../../src/lab/keys.ts';
import { requireLab } from '../../src/lab/state.ts';
import { describeOnLab } from '../lab/on-lab.ts';
import { builtProgram } from '../lab/program.ts';
import { run } from '../lab/run.ts';

/** Milliseconds: apt may install a firewall. */
const TIMEOUT = 300_000;
const CONVERGE = 'roles/kubernetes-prerequisites/molecule/firewalld/converge.yml';

describeOnLab('roles/kubernetes-prerequisites', { hosts: ['ufw', 'firewalld'] }, (lab) => {
  test.each(['ufw', 'firewalld'])(
    'a connection by SSH, and new ones, survive that %s is turned on',
    async (host) => {
      const options = [
        ...sshOptions(requireLab(lab.name)),
        '-o',
        'BatchMode=yes',
        '-i',
        loginKeyFile(requireLab(lab.name)),
      ];
      const live = spawn('ssh', [...options, `root@${lab.address(host)}`, 'echo on; cat']);
      const heard = () => once(live.stdout, 'data').then(([data]) => String(data));
      const ended = once(live, 'close');
      expect(await heard()).toBe('on\n');

      const args = ['run', CONVERGE, '-i', lab.inventory, '-l', host, '-e', `kubernetes_firewall_program=${host}`];
      const env = { ...process.env, ANSIBLE_ROLES_PATH: resolve('roles') };
      const { code, stdout } = await run(process.execPath, [builtProgram(), ...args], '', env);
      expect({ code, stdout }).toMatchObject({ code: 0 });
      const rules = await lab.ssh(host, host === 'ufw' ? 'ufw status' : 'firewall-cmd --state');
      expect(rules.stdout).toMatch(/^Status: active|^running/);

      const echo = heard();
      live.stdin.end('still here\n');
      expect(await Promise.race([echo, ended])).toBe('still here\n');
    },
    TIMEOUT,
  );
});
