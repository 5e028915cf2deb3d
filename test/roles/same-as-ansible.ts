import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loginKeyFile } from '../../src/lab/keys.ts';
import { requireLab } from '../../src/lab/state.ts';
import { type Answer, describeOnLab, run, type TestLab } from '../lab/on-lab.ts';
import { builtProgram } from '../lab/program.ts';
import { type Scenario, scenarios } from './scenario.ts';

// Run by scripts/same-as-ansible, since it needs Ansible here and Python on the hosts.

/** Milliseconds: apt may install on several hosts, twice. */
const TIMEOUT = 1_800_000;
const ROLES = resolve('roles');
const wanted = (process.env['TSPLAY_ROLES'] ?? '').split(' ').filter(Boolean);

/** What either engine, Python, Git or a package's own scripts leave for themselves, another one each time. */
const OWN = new RegExp(
  [
    /\/(\.ansible|__pycache__)(\/|$)|\.pyc$|-$/,
    /\/(objects|logs|refs)\/|\.git\/(index|COMMIT_EDITMSG|FETCH_HEAD)$/,
    /^\/etc\/(ssl\/certs\/|ld\.so\.cache|ssh\/)|^\/root\/\.(ssh|cache)/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

for (const scenario of scenarios(ROLES).filter(({ title }) => wanted.includes(title))) compare(scenario);

function compare(scenario: Scenario): void {
  describeOnLab(scenario.title, { hosts: scenario.hosts }, (lab) => {
    const folder = mkdtempSync(join(tmpdir(), 'same-'));
    const inventory = join(folder, 'hosts.yml');
    beforeAll(() => scenario.writeInventory(inventory));
    afterAll(() => rmSync(folder, { recursive: true }));
    const converge = scenario.playbook('converge') ?? 'converge.yml';
    const env = { ...process.env, ANSIBLE_ROLES_PATH: ROLES, MOLECULE_EPHEMERAL_DIRECTORY: folder };
    const inventories = () => ['-i', inventory, '-i', lab.inventory];
    const tsplay = (playbook: string) =>
      run(process.execPath, [builtProgram(), 'run', playbook, ...inventories()], '', env);
    const ansible = (playbook: string) => {
      const key = loginKeyFile(requireLab(lab.name));
      return run('ansible-playbook', [playbook, ...inventories(), '--private-key', key], '', env);
    };

    const states = () => Promise.all(scenario.hosts.map((host) => stateOf(lab, host)));

    /** What converging makes of all hosts after a fresh start. */
    async function after(converged: (playbook: string) => Promise<Answer>): Promise<unknown> {
      await lab.reset(...scenario.hosts);
      await Promise.all(
        scenario.hosts.map((host) => lab.ssh(host, 'apt-get -qq update; apt-get -qq install -y python3 python3-apt')),
      );
      const prepare = scenario.playbook('prepare');
      if (prepare) succeeded(await tsplay(prepare));
      const before = await states();
      succeeded(await converged(converge));
      return (await states()).map((state, index) => changed(before[index]!, state));
    }

    test(
      `${scenario.title}: Ansible and tsplay leave hosts the same`,
      async () => {
        const byAnsible = await after(ansible);
        expect(await after(tsplay)).toEqual(byAnsible);
      },
      TIMEOUT,
    );
  });
}

function succeeded({ code, stdout, stderr }: Answer): void {
  if (code !== 0) throw new Error(stdout + stderr);
}

/** By path where configuration lies: kind, mode, owner and content. */
async function stateOf(lab: TestLab, host: string): Promise<ReadonlyMap<string, string>> {
  const paths = (await lab.changes(host)).map(({ path }) => path);
  const chosen = paths.filter((path) => /^\/(etc|usr\/local|opt|root|srv|home)\//.test(path) && !OWN.test(path));
  const look = `while read -r path; do echo "$path"; echo $(stat -c '%F %a %U %G' "$path" 2>&1
    if [ -L "$path" ]; then readlink "$path"; elif [ -f "$path" ]; then sha256sum <"$path"; fi); done`;
  const { stdout } = await lab.ssh(host, look, { input: chosen.map((path) => `${path}\n`).join('') });
  const lines = stdout.split('\n');
  return new Map(chosen.map((path, index) => [path, lines[2 * index + 1] ?? '']));
}

/** What of a state was otherwise before. */
function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.filter((path) => before.get(path) !== after.get(path)).map((path) => `${path}: ${after.get(path)}`);
}
