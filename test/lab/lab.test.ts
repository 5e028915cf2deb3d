import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import * as labs from '../../src/lab/lab.ts';
import { loadLab } from '../../src/lab/state.ts';
import { describeOnLab, labTimeout } from './on-lab.ts';
import { builtProgram } from './program.ts';
import { run } from './run.ts';

describeOnLab('a lab', { hosts: ['alpha', 'beta'] }, (lab) => {
  test(
    'hosts run all of systemd, sshd and ufw',
    async () => {
      const { stdout } = await lab.ssh(
        'alpha',
        'hostname; systemctl is-system-running; ufw status; pidof sshd >/dev/null && echo sshd',
      );
      expect(stdout).toBe('alpha\nrunning\nStatus: inactive\nsshd\n');
    },
    labTimeout,
  );

  test(
    'the firewall is the real one',
    async () => {
      await lab.ssh('beta', 'ufw allow OpenSSH && ufw --force enable');
      const { stdout } = await lab.ssh('beta', 'ufw status; iptables -S INPUT');
      expect(stdout).toMatch(/OpenSSH\s+ALLOW\s+Anywhere/);
      expect(stdout).toContain('-P INPUT DROP');
      await lab.reset('beta');
    },
    labTimeout,
  );

  test(
    'admin may sudo',
    async () => {
      expect(await lab.ssh('alpha', 'sudo id -un', { user: 'admin' })).toMatchObject({ code: 0, stdout: 'root\n' });
    },
    labTimeout,
  );

  test(
    'hosts reach each other, and no host knows another by name',
    async () => {
      const ping = await lab.ssh(
        'alpha',
        `ping -c1 -W2 ${lab.address('beta')} >/dev/null; echo $?; getent hosts beta; echo $?`,
      );
      expect(ping.stdout).toBe('0\n2\n');
    },
    labTimeout,
  );

  test(
    'hosts differ in identity and in keys',
    async () => {
      const ask = 'cat /etc/machine-id /etc/ssh/ssh_host_ed25519_key.pub | tr -d "\\n"';
      const [alpha, beta] = await Promise.all([lab.ssh('alpha', ask), lab.ssh('beta', ask)]);
      expect(alpha.stdout).toMatch(/^[0-9a-f]{32}ssh-ed25519 /);
      expect(alpha.stdout).not.toBe(beta.stdout);
    },
    labTimeout,
  );

  test(
    'a host with another key is refused',
    async () => {
      await lab.ssh(
        'beta',
        'rm /etc/ssh/ssh_host_ed25519_key*; ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key; systemctl restart ssh',
      );
      // By a new connection.
      const logIn = ['lab', 'ssh', '--lab', lab.name, 'beta', 'true'];
      expect(await run(process.execPath, [builtProgram(), ...logIn])).toMatchObject({
        code: 255,
        stderr: expect.stringContaining('verification failed'),
      });
      await lab.reset('beta');
      expect(await lab.ssh('beta', 'true')).toMatchObject({ code: 0 });
    },
    labTimeout,
  );

  test(
    'diff tells what a host changed, and nothing of a host that only booted',
    async () => {
      await lab.reset();
      await lab.ssh(
        'alpha',
        'mkdir /opt/new; echo x >/opt/new/file; chmod 600 /etc/fstab; rm /etc/motd; rm -r /etc/skel; mkdir /etc/skel',
      );
      expect(await lab.changes('alpha')).toEqual(
        expect.arrayContaining([
          { path: '/etc/fstab', kind: 'changed' },
          { path: '/etc/motd', kind: 'removed' },
          { path: '/etc/skel/.profile', kind: 'removed' },
          { path: '/opt/new', kind: 'added' },
          { path: '/opt/new/file', kind: 'added' },
        ]),
      );
      await lab.ssh('beta', 'apt-config dump >/dev/null; sudo -u admin true; systemctl daemon-reload');
      expect(await lab.changes('beta')).toEqual([]);
    },
    labTimeout,
  );

  test(
    'a file put back as it was at boot is no change',
    async () => {
      await lab.reset('alpha');
      await lab.ssh('alpha', 'cp -a /etc/hosts /run/hosts; echo 192.0.2.1 x >>/etc/hosts');
      expect(await lab.changes('alpha')).toEqual([{ path: '/etc/hosts', kind: 'changed' }]);
      await lab.ssh('alpha', 'cp -a /run/hosts /etc/hosts');
      expect(await lab.changes('alpha')).toEqual([]);
    },
    labTimeout,
  );

  test(
    'reset gives a fresh file system and keeps address and key',
    async () => {
      await lab.ssh('alpha', 'touch /root/left');
      await lab.reset('alpha');
      expect(await lab.ssh('alpha', 'ls /root/left')).toMatchObject({ code: 2 });
    },
    labTimeout,
  );

  test(
    'a host that died is stopped, and up boots it again with what it had',
    async () => {
      await lab.ssh('alpha', 'echo kept >/root/kept; sync');
      await lab.ssh('alpha', 'systemctl poweroff --force --force');
      const ended = () => labs.status(required(lab.name)).find((host) => host.name === 'alpha')?.status;
      while (ended() === 'running') await run('sleep', ['0.1']);
      await labs.up(lab.name, { names: ['alpha'], release: 'bookworm' }, () => {});
      expect(await lab.ssh('alpha', 'cat /root/kept')).toMatchObject({ stdout: 'kept\n' });
    },
    labTimeout,
  );

  test(
    'apt reaches the archives',
    async () => {
      const { stdout, code } = await lab.ssh('alpha', 'apt-get -qq update && apt-cache policy containerd');
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Candidate: ') });
    },
    labTimeout,
  );

  test(
    'another lab beside it has a network of its own, and down leaves nothing of it',
    async () => {
      const other = `${lab.name}-other`;
      const { subnet, folder } = await labs.up(other, { names: ['alpha'], release: 'bookworm' }, () => {});
      expect(subnet).not.toBe(required(lab.name).subnet);
      await labs.down(other, []);
      expect(loadLab(other)).toBeUndefined();
      expect(
        [folder, `/sys/class/net/tsplay-${subnet}`, `/run/netns/tsplay-${subnet}-alpha`].filter(existsSync),
      ).toEqual([]);
      expect((await run('mount', [])).stdout).not.toContain(folder);
      expect(await lab.ssh('beta', 'true')).toMatchObject({ code: 0 });
    },
    labTimeout,
  );

  test(
    'a release other than the host has is refused',
    async () => {
      await expect(labs.up(lab.name, { names: ['alpha'], release: 'potato' }, () => {})).rejects.toThrow(
        'no image for "potato"',
      );
    },
    labTimeout,
  );
});

function required(name: string) {
  const lab = loadLab(name);
  if (!lab) throw new Error(`no lab ${name}`);
  return lab;
}

describeOnLab('a lab of an image with more in it', { hosts: ['gamma'], setup: ['echo more >/etc/more'] }, (lab) => {
  test(
    'hosts have that from the beginning, and begin anew with it',
    async () => {
      for (const begin of [async () => {}, () => lab.reset('gamma')]) {
        await begin();
        expect(await lab.ssh('gamma', 'cat /etc/more; ls /usr/sbin/policy-rc.d')).toMatchObject({ stdout: 'more\n' });
        expect(await lab.changes('gamma')).toEqual([]);
      }
    },
    labTimeout,
  );
});
