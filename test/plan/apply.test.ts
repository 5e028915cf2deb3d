import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { openRun, openState } from '../../src/engine/journal/open.ts';
import { runIds } from '../../src/engine/journal/run-folder.ts';
import { stateDirOf } from '../../src/engine/journal/state-dir.ts';
import type { PlanDocument, Turn } from '../../src/engine/plan/document.ts';
import { describeOnLab, labTimeout } from '../lab/on-lab.ts';
import { recap, tsplay } from '../lab/tsplay.ts';

const SECRET = 'kept-from-everyone-1234';

/** A play of all kinds of changes, of which the last ones depend on a command. */
const SITE = `- name: All kinds
  hosts: all
  vars_files: [secrets.yml]
  tasks:
    - name: A folder
      file: {path: /srv/app, state: directory, mode: "0750"}
    - name: A file in it
      copy: {dest: /srv/app/hello, content: "hello {{ inventory_hostname }}\\n"}
    - name: A template with a secret
      template: {src: conf.j2, dest: /srv/app/conf, mode: "0600"}
      notify: Say so
    - name: A hidden file
      copy: {dest: /srv/app/hidden, content: "hidden-by-no-log-5678", mode: "0600"}
      no_log: true
    - group: {name: ops}
    - user: {name: alice, shell: /bin/sh}
    - name: Lines
      lineinfile: {path: /srv/app/lines, line: "{{ item }}", create: true}
      loop: [one, two]
    - sysctl: {name: net.ipv4.ip_forward, value: "1", sysctl_file: /etc/sysctl.d/90-x.conf}
    - cron: {name: job, job: /bin/true, minute: "5"}
    - apt: {name: tree}
    - package: {name: pv}
    - copy:
        dest: /etc/systemd/system/demo.service
        content: "[Service]\\nExecStart=/bin/sleep 1000\\n[Install]\\nWantedBy=multi-user.target\\n"
    - systemd: {name: demo, enabled: true, state: started, daemon_reload: true}
    - ufw: {rule: allow, port: "22"}
    - ufw: {state: enabled}
    - name: Make a token
      command: touch /srv/app/asked
      args: {creates: /srv/app/asked}
      register: made
    - name: Keep the token
      copy: {dest: /srv/app/token, content: "token of {{ inventory_hostname }}\\n"}
      when: made is changed
  handlers:
    - name: Say so
      command: touch /srv/app/said
      args: {creates: /srv/app/said}
`;

describeOnLab('a plan', { hosts: ['one', 'two'] }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'plan-'));
  const site = join(folder, 'site.yml');
  const file = join(folder, 'plan.json');
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(() => {
    mkdirSync(join(folder, 'templates'), { recursive: true });
    writeFileSync(join(folder, 'templates/conf.j2'), 'port=80\ntoken={{ token }}\n');
    writeFileSync(join(folder, 'secrets.yml'), `token: ${SECRET}\n`);
  });

  const planned = () => JSON.parse(readFileSync(file, 'utf8')) as PlanDocument;
  async function plan(text: string, ...args: string[]) {
    writeFileSync(site, text);
    return tsplay('plan', site, '-i', lab.inventory, '-o', file, ...args);
  }
  const run = (tasks: string) => `- hosts: all\n  gather_facts: false\n  tasks:\n${tasks}`;

  test(
    'of fresh hosts is carried out change by change; then there is nothing to plan',
    async () => {
      const said = await plan(SITE);
      expect({ code: said.code, stderr: said.stderr }).toEqual({ code: 0, stderr: '' });
      expect(said.stdout).toContain('Plan of');
      expect(said.stdout).toMatch(/100% of \d+ tasks known/);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(await lab.changes('one')).toEqual([]);
      const applied = await tsplay('apply', file);
      expect(recap(applied.stdout)).toMatchObject({ one: { failed: 0 }, two: { failed: 0 } });
      expect(applied.code).toBe(0);
      for (const host of ['one', 'two']) expect(doneOn(host)).toEqual(expectedOn(planned(), host));
      expect((await lab.ssh('two', 'cat /srv/app/lines /srv/app/token /srv/app/hello')).stdout).toBe(
        'one\ntwo\ntoken of two\nhello two\n',
      );
      const again = await plan(SITE);
      expect(again.stdout).toMatch(/nothing to change on 2 hosts[\s\S]*100% of \d+ tasks known/);
      expect(await tsplay('apply', file)).toMatchObject({ code: 0, stdout: expect.not.stringContaining('changed:') });
    },
    labTimeout,
  );

  test(
    'of a host that drifted is refused with what drifted, and nothing is done',
    async () => {
      await plan(
        run('    - copy: {dest: /etc/motd, content: "planned\\n"}\n    - file: {path: /srv/new, state: directory}\n'),
      );
      await lab.ssh('one', 'echo by hand > /etc/motd; chmod 600 /etc/motd');
      const refused = await tsplay('apply', file);
      expect(refused.code).toBe(2);
      expect(refused.stdout).toMatch(
        /1 host is not as when[\s\S]*one\n {2}copy.*\n {4}\/etc\/motd: mode 0644 -> 0600, content/,
      );
      expect((await lab.ssh('two', 'ls /srv/new; cat /etc/motd')).stdout).not.toContain('planned');
      expect(await tsplay('apply', file, '--check')).toMatchObject({ code: 2 });
      const others = await tsplay('apply', file, '--skip-drifted');
      expect({ code: others.code, recap: recap(others.stdout) }).toMatchObject({
        code: 2,
        recap: { two: { changed: 2 } },
      });
      expect(recap(others.stdout)['one']).toBeUndefined();
      expect((await lab.ssh('one', 'cat /etc/motd')).stdout).toBe('by hand\n');
    },
    labTimeout,
  );

  test(
    'of packages whose lists are too old is carried out, and taken back',
    async () => {
      await Promise.all(
        ['one', 'two'].map((host) =>
          lab.ssh(host, 'apt-get -qq purge tree pv; touch -d @0 /var/lib/apt/lists /var/lib/apt/periodic/*'),
        ),
      );
      const fresh = 'update_cache: true, cache_valid_time: 3600';
      const said = await plan(run(`    - apt: {name: tree, ${fresh}}\n    - apt: {name: pv, ${fresh}}\n`));
      expect(said.stdout).toMatch(/update the package lists\n +> apt-get install pv\n/);
      const applied = await tsplay('apply', file);
      expect({ code: applied.code, recap: recap(applied.stdout) }).toMatchObject({
        code: 0,
        recap: { one: { changed: 2 }, two: { changed: 2 } },
      });
      expect(await tsplay('rollback', '--yes')).toMatchObject({ code: 0 });
      expect((await lab.ssh('two', 'dpkg-query -W tree pv')).stdout).toBe('');
    },
    labTimeout,
  );

  test(
    'of content that changed since, or that was damaged, is refused',
    async () => {
      const tasks = run('    - template: {src: conf.j2, dest: /srv/conf}\n');
      writeFileSync(join(folder, 'secrets.yml'), 'token: x\n');
      await plan(tasks, '-e', `@${join(folder, 'secrets.yml')}`);
      appendFileSync(join(folder, 'templates/conf.j2'), 'more\n');
      appendFileSync(site, '# more\n');
      const refused = await tsplay('apply', file);
      expect(refused).toMatchObject({ code: 5, stderr: expect.stringMatching(/changed since.*site\.yml, .*conf\.j2/) });
      writeFileSync(file, readFileSync(file, 'utf8').replace('"hosts"', '"ghosts"'));
      expect(await tsplay('apply', file)).toMatchObject({
        code: 5,
        stderr: expect.stringContaining('no plan that can'),
      });
      expect((await lab.ssh('one', 'ls /srv/conf')).code).not.toBe(0);
    },
    labTimeout,
  );

  /** Changes that the last run says it made on a host, in order. */
  function doneOn(host: string): string[] {
    const state = openState(stateDirOf(process.env));
    const { entries } = openRun(state, runIds(state.dir).at(-1) ?? 'none');
    return entries.flatMap((entry) =>
      entry.kind === 'intent' && entry.place.host === host ? [entry.change.summary] : [],
    );
  }

  function expectedOn({ hosts }: PlanDocument, host: string): string[] {
    const turns = (hosts[host]?.steps ?? []).flatMap((step): readonly Turn[] => step.items ?? [step]);
    return turns.flatMap(({ changes }) => changes ?? []).map(({ summary }) => summary);
  }
});
