import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOnLab } from '../lab/on-lab.ts';
import { builtProgram } from '../lab/program.ts';
import { type Answer, run } from '../lab/run.ts';
import { recap } from '../lab/tsplay.ts';
import { WITH_MONITORING } from '../stand-ins/images.ts';

/** Milliseconds: apt installs, pods are tried, a node is waited for. */
const RUN_TIMEOUT = 600_000;
const AROUND = 'test/stand-ins/onboarding';
const PHASES = [
  'pre_validation',
  'gitops_activation',
  'node_join_monitoring',
  'storage_integration',
  'network_validation',
  'monitoring_integration',
  'security_validation',
  'post_validation',
  'health_verification',
];
const LIST = 'infrastructure/storage/kustomization.yaml';
const DISKS = 'infrastructure/storage/k3s2-node-config/node.yaml';

describeOnLab('playbooks/k3s-onboard-node.yml', { hosts: ['k3s1', 'k3s2'], setup: WITH_MONITORING }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'onboarding-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The last run of a state folder is an onboarding, unless it is that of what is around it. */
  const tsplayIn = (state: string, ...args: string[]): Promise<Answer> =>
    run(process.execPath, [builtProgram(), ...args], '', { ...process.env, TSPLAY_STATE_DIR: join(folder, state) });
  const tsplay = (...args: string[]) => tsplayIn('state', ...args);
  const inventories = ['-i', 'inventories/k3s-onboarding/hosts.yml'];
  const variables = ['-e', '@test/stand-ins/k3s/vars.yml', '-e', `@${AROUND}/vars.yml`];
  const onboard = (...args: string[]) =>
    tsplay('run', 'playbooks/k3s-onboard-node.yml', ...inventories, '-i', lab.inventory, ...variables, ...args);
  const around = async (playbook: string) => {
    // The onboarding holds the locks of both hosts while a node joins.
    const args = [`${AROUND}/${playbook}`, ...inventories, '-i', lab.inventory, ...variables, '--no-lock'];
    expect(await tsplayIn('around', 'run', ...args)).toMatchObject({ code: 0 });
  };
  const onServer = async (command: string) => (await lab.ssh('k3s1', command)).stdout;
  const kubectl = (command: string) => onServer(`kubectl ${command}`);
  const git = (command: string) => onServer(`git -C /srv/git/fleet.git ${command}`);
  const status = async () => JSON.parse((await tsplay('status', '--json')).stdout);
  const phases = (...statuses: string[]) => Object.fromEntries(PHASES.map((name, at) => [name, statuses[at]]));
  const banners = ({ stdout }: Answer) => [...stdout.matchAll(/^PHASE \[(.*)\]/gm)].map(([, name]) => name);
  /** Somebody else's commit: what `script` makes of the working tree. */
  const commit = (script: string) =>
    onServer(`set -e; rm -rf /root/other; git clone -q /srv/git/fleet.git /root/other; cd /root/other; ${script}
      git commit -qam 'Change it by hand'; git push -q origin HEAD:main`);

  beforeAll(async () => {
    await around('cluster.yml');
    await around('prepare.yml');
  }, RUN_TIMEOUT);

  test(
    'says all that the cluster lacks at once, before anything is changed',
    async () => {
      await lab.ssh(
        'k3s1',
        'systemctl stop service@30080; kubectl -n kube-system scale deployment coredns --replicas 0',
      );
      const before = await git('rev-parse main');
      expect(await onboard('-e', 'onboarding_patience=0 onboarding_spare_pods=1000')).toMatchObject({ code: 2 });
      const { phase_status, phase_errors, ...counts } = await status();
      expect(counts).toMatchObject({ current_phase: 'pre_validation', completed_phases: 0, failed_phases: 1 });
      expect(phase_status).toEqual(phases('failed', ...PHASES.slice(1).map(() => 'not_started')));
      for (const problem of [':30080 does not answer.', 'There is room for', 'Deployment kube-system/coredns'])
        expect(phase_errors.pre_validation).toContain(problem);
      expect(await git('rev-parse main')).toBe(before);
      await lab.ssh(
        'k3s1',
        'systemctl start service@30080; kubectl -n kube-system scale deployment coredns --replicas 1',
      );
    },
    RUN_TIMEOUT,
  );

  test(
    'check mode looks, and changes nothing',
    async () => {
      const before = [await lab.changes('k3s2'), await git('rev-parse main'), await kubectl('get nodes -o name')];
      const { code, stdout } = await onboard('--check');
      expect({ code, phases: banners({ code, stdout, stderr: '' }) }).toEqual({ code: 0, phases: PHASES });
      expect(stdout).toContain('k3s2 is not in the cluster; what follows can be looked at when it is');
      expect([await lab.changes('k3s2'), await git('rev-parse main'), await kubectl('get nodes -o name')]).toEqual(
        before,
      );
      expect(await onServer('ls /root/.cache/gitops 2>&1 || true')).toContain('No such file');
    },
    RUN_TIMEOUT,
  );

  test(
    'waits in vain for a node, which then joins: the run goes on where it failed',
    async () => {
      // What Flux is to give Longhorn lacks a disk.
      await commit(`sed -i '/disks:/,$d' ${DISKS}; echo '  disks: {}' >>${DISKS};`);
      const { code } = await onboard('-e', 'onboarding_join_retries=1');
      expect({ code, ...(await status()) }).toMatchObject({
        code: 2,
        current_phase: 'node_join_monitoring',
        completed_phases: 2,
        total_phases: 9,
        phase_errors: { node_join_monitoring: expect.stringContaining('Node k3s2 has not joined within 1 seconds') },
      });
      expect(await git(`show --format=%s main`)).toMatch(
        /^Activate k3s2-node-config in infrastructure\/storage\/kustomization.yaml\n[\s\S]*\n- {2}# - k3s2-node-config\n\+ {2}- k3s2-node-config\n$/,
      );
      await around('join.yml');
      const resumed = await tsplay('resume');
      expect({ code: resumed.code, phases: banners(resumed) }).toEqual({ code: 2, phases: PHASES.slice(2, 4) });
    },
    RUN_TIMEOUT,
  );

  test(
    'a disk that Longhorn lacks is told, and mended by --auto-fix',
    async () => {
      const { phase_status, phase_errors } = await status();
      expect(phase_status).toMatchObject({ node_join_monitoring: 'completed', storage_integration: 'failed' });
      expect(phase_errors.storage_integration).toContain('Longhorn has no disk on k3s2; give the node the label');
      const resumed = await tsplay('resume', '--auto-fix');
      expect(resumed).toMatchObject({ code: 0 });
      expect(banners(resumed)).toEqual(PHASES.slice(3));
      expect(await status()).toMatchObject({
        current_phase: null,
        completed_phases: 9,
        failed_phases: 0,
        phase_status: phases(...PHASES.map(() => 'completed')),
      });
      expect(await kubectl('get pods -o name')).toBe('');
    },
    RUN_TIMEOUT,
  );

  test('reports tell of all phases', async () => {
    for (const format of ['markdown', 'html']) {
      const { stdout } = await tsplay('report', '--format', format);
      for (const name of PHASES) expect(stdout).toContain(name);
    }
  });

  test(
    'is taken back: the node drained and removed, its configuration off again',
    async () => {
      const look = await tsplay('rollback', '--check');
      expect(look.code).toBe(0);
      for (const name of ['storage_integration', 'node_join_monitoring', 'gitops_activation'])
        expect(look.stdout).toContain(`phase ${name}: its undo tasks, on k3s1`);
      expect(await kubectl('get nodes -o name')).toBe('node/k3s1\nnode/k3s2\n');
      expect(await tsplay('rollback', '--yes')).toMatchObject({ code: 0 });
      expect(await kubectl('get nodes -o name')).toBe('node/k3s1\n');
      expect(await git(`log --format=%s main -- ${LIST}`)).toBe(
        `Deactivate k3s2-node-config in ${LIST}\nActivate k3s2-node-config in ${LIST}\nDescribe the cluster\n`,
      );
      expect(await git(`diff --stat main~3 main -- ${LIST}`)).toBe('');
      expect(await kubectl('get nodes.longhorn.io -A -o name')).toBe('node.longhorn.io/k3s1\n');
      expect((await lab.ssh('k3s2', 'systemctl is-active k3s-agent')).stdout).toBe('inactive\n');
    },
    RUN_TIMEOUT,
  );

  test(
    'from nothing to nine completed phases in one run; again it changes nothing',
    async () => {
      await commit(`git show main~3:${DISKS} >${DISKS}; date >other.txt; git add other.txt;`);
      const [onboarded] = await Promise.all([onboard(), around('join.yml')]);
      expect(onboarded).toMatchObject({ code: 0 });
      expect((await status()).phase_status).toEqual(phases(...PHASES.map(() => 'completed')));
      const { code, stdout } = await onboard('--skip-phase', 'pre_validation');
      expect({ code, recap: recap(stdout) }).toMatchObject({ code: 0, recap: { k3s1: { changed: 0, rescued: 0 } } });
      expect((await status()).phase_status).toEqual(phases('skipped', ...PHASES.slice(1).map(() => 'completed')));
    },
    RUN_TIMEOUT,
  );
});
