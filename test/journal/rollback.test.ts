import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import * as labs from '../../src/lab/lab.ts';
import { describeOnLab, labTimeout } from '../lab/on-lab.ts';
import { recap, tsplay } from '../lab/tsplay.ts';

const ROLE = `- hosts: all
  gather_facts: false
  tasks:
    - copy: {content: "hello", dest: /etc/motd, mode: "0600"}
    - copy: {content: "new", dest: /etc/newfile}
    - template: {src: t.j2, dest: /etc/tt.conf}
    - lineinfile: {path: /etc/login.defs, line: "UMASK 027", regexp: "^UMASK"}
    - blockinfile: {path: /etc/hosts, block: "10.0.0.1 foo"}
    - file: {path: /srv/a/b/c, state: directory, mode: "0750"}
    - file: {path: /srv/link, src: /etc/motd, state: link}
    - file: {path: /etc/issue, mode: "0600", owner: daemon}
    - file: {path: /etc/issue.net, state: absent}
    - file: {path: /etc/skel, state: absent}
    - group: {name: ops}
    - user: {name: alice, groups: [ops], shell: /bin/bash}
    - apt: {name: tree}
    - copy:
        dest: /etc/systemd/system/demo.service
        content: "[Service]\\nExecStart=/bin/sleep 1000\\n[Install]\\nWantedBy=multi-user.target\\n"
    - systemd: {name: demo, enabled: true, state: started, daemon_reload: true}
    - ufw: {rule: allow, port: "22"}
    - ufw: {state: enabled}
    - sysctl: {name: net.ipv4.ip_forward, value: "1", sysctl_file: /etc/sysctl.d/90-x.conf}
    - cron: {name: job, job: /bin/true, minute: "5"}
    - hostname: {name: renamed}
    - name: Put a mark
      command: touch /opt/mark
      undo: rm /opt/mark
`;

/** What the tools of the host write for themselves when something is installed and removed, or set and set back. */
const TRACES =
  /^\/(var\/(cache\/apt|log|lib\/dpkg|lib\/apt|lib\/ucf)|etc\/(passwd|group|shadow|gshadow|subuid|subgid)-$|etc\/ufw\/user6?\.rules$)/;

describeOnLab('a run that is taken back', { hosts: ['one'] }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'rollback-'));
  const site = join(folder, 'site.yml');
  writeFileSync(join(folder, 't.j2'), 'at {{ inventory_hostname }}\n');
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (text: string) => {
    writeFileSync(site, text);
    return tsplay('run', site, '-i', lab.inventory);
  };

  test(
    'leaves files, users, packages, units, rules, settings and jobs as they were',
    async () => {
      const { code, stdout } = await run(ROLE);
      expect({ code, one: recap(stdout)['one'] }).toMatchObject({ code: 0, one: { changed: 21, failed: 0 } });
      expect(await tsplay('rollback', '--check')).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/changes to take back\none:\n {2}undo: run touch \/opt\/mark/),
      });
      expect(await tsplay('rollback')).toMatchObject({ code: 5, stderr: expect.stringContaining('--yes') });
      const back = await tsplay('rollback', '--yes');
      expect({ code: back.code, stderr: back.stderr }).toEqual({ code: 0, stderr: '' });
      const left = (await labs.diff(lab.name, 'one', 'content')).filter(({ path }) => !TRACES.test(path));
      expect(left).toEqual([]);
      const state = await lab.ssh(
        'one',
        'hostname; id alice; crontab -l; systemctl is-active demo; sysctl -n net.ipv4.ip_forward; ufw status; dpkg -l tree',
      );
      expect(state.stdout).toBe('one\ninactive\n0\nStatus: inactive\n');
    },
    labTimeout,
  );

  test(
    'says beforehand what cannot be taken back, and leaves alone what changed since',
    async () => {
      await lab.ssh('one', 'echo back >/etc/motd');
      await run(`- hosts: all
  gather_facts: false
  tasks:
    - copy: {content: a, dest: /srv/mine}
    - copy: {content: b, dest: /srv/drifted}
    - copy: {content: other, dest: /etc/motd}
    - name: Opaque
      shell: echo x >> /srv/opaque
    - name: Read
      command: cat /srv/opaque
      changed_when: false
`);
      await lab.ssh('one', 'echo by hand > /srv/drifted; echo back >/etc/motd');
      const look = await tsplay('rollback', '--check');
      expect(look.stdout).toMatch(/: 3 changes to take back, 1 that cannot\n/);
      expect(look.stdout).not.toContain('Read');
      expect(look.stdout).toMatch(/cannot be taken back: a command without `undo`.*Opaque/);
      const { code, stdout } = await tsplay('rollback', '--yes');
      expect({ code, left: stdout.includes('left alone: one: remove /srv/drifted') }).toEqual({ code: 2, left: true });
      expect(stdout).not.toContain('left alone: one: restore /etc/motd');
      expect((await lab.ssh('one', 'ls /srv; cat /srv/drifted')).stdout).toBe('drifted\nopaque\nby hand\n');
      expect(await tsplay('rollback', '--yes', '--force')).toMatchObject({ code: 0 });
      expect((await lab.ssh('one', 'ls /srv')).stdout).toBe('opaque\n');
    },
    labTimeout,
  );

  test(
    'is done again by a resume that names it, but for what stood',
    async () => {
      await lab.ssh('one', 'rm -f /srv/*');
      await run(`- hosts: all
  gather_facts: false
  tasks:
    - name: First
      copy: {content: a, dest: /srv/first}
    - name: Second
      copy: {content: b, dest: /srv/second}
    - command: test -e /srv/go
`);
      const back = await tsplay('rollback', '--yes', '--to', 'Second');
      expect(back.code).toBe(0);
      expect((await lab.ssh('one', 'ls /srv')).stdout).toBe('first\n');
      await lab.ssh('one', 'touch /srv/go');
      const { code, stdout } = await tsplay('resume', /^Run (\S+)/.exec(back.stdout)![1]!);
      expect({ code, first: stdout.includes('TASK [First]'), second: stdout.includes('TASK [Second]') }).toEqual({
        code: 0,
        first: false,
        second: true,
      });
      expect((await lab.ssh('one', 'ls /srv')).stdout).toBe('first\ngo\nsecond\n');
    },
    labTimeout,
  );

  test(
    'runs the undo tasks of phases, the last first, with what the run had found out',
    async () => {
      await lab.ssh('one', 'rm -f /srv/*');
      const phases = `- hosts: all
  gather_facts: false
  tasks:
    - phase:
        name: first
        undo:
          - command: sh -c 'echo first {{ found.stdout }} >>/srv/undone; ls /srv/* >>/srv/undone'
      block:
        - {command: echo here, register: found, changed_when: false}
        - copy: {content: a, dest: /srv/a}
    - phase:
        name: second
        needs: [first]
        undo:
          - command: sh -c 'echo second >>/srv/undone; rm /srv/by-command'
          - command: test ! -e /srv/hold
      when: found.stdout == 'here'
      block:
        - command: touch /srv/by-command
        - copy: {content: b, dest: /srv/b}
    - phase:
        name: third
        undo: [{command: touch /srv/never}]
      when: found.stdout == 'elsewhere'
      block: [{command: touch /srv/never}]
`;
      expect(await run(phases)).toMatchObject({ code: 0 });
      const look = await tsplay('rollback', '--check');
      expect(look.stdout).toMatch(/2 changes to take back, 3 phases to undo\n/);
      expect(look.stdout).toMatch(/phase second: its undo tasks, on one[\s\S]*left to the undo tasks of phase second/);
      await lab.ssh('one', 'touch /srv/hold');
      const held = await tsplay('rollback', '--yes');
      expect({ code: held.code, left: (await lab.ssh('one', 'cat /srv/undone; ls /srv')).stdout }).toEqual({
        code: 2,
        left: 'second\na\nb\nhold\nundone\n',
      });
      await lab.ssh('one', 'rm /srv/hold; touch /srv/by-command');
      expect(await tsplay('rollback', '--yes')).toMatchObject({ code: 0 });
      expect((await lab.ssh('one', 'cat /srv/undone; ls /srv')).stdout).toBe(
        'second\nsecond\nfirst here\n/srv/a\n/srv/undone\nundone\n',
      );
      const id = /^Run (\S+)/.exec(look.stdout)![1]!;
      expect(await tsplay('resume', id)).toMatchObject({ code: 0 });
      expect((await lab.ssh('one', 'ls /srv')).stdout).toBe('a\nb\nby-command\nundone\n');
    },
    labTimeout,
  );
});
