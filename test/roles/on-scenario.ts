import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { loginKeyFile } from '../../src/lab/keys.ts';
import { requireLab } from '../../src/lab/state.ts';
import { describeOnLab, type TestLab } from '../lab/on-lab.ts';
import { builtProgram } from '../lab/program.ts';
import { type Answer, run } from '../lab/run.ts';
import { setupOf } from './groups.ts';
import type { Scenario } from './scenario.ts';

export const ROLES = resolve('roles');

/** Milliseconds for a playbook: apt may install on several hosts. */
export const PLAY_TIMEOUT = 600_000;

/** Runs a playbook on the hosts of a scenario; gives what it printed, and throws with that if it failed. */
export type Play = (playbook: string, ...options: string[]) => Promise<string>;

/** A scenario with its hosts, inventory and folder for what is made on the controller. */
export interface ScenarioLab {
  readonly lab: TestLab;
  readonly tsplay: Play;
  readonly ansible: Play;
  /** Path of the playbook that a scenario must have. */
  readonly converge: string;
  /** Makes hosts and folder as they were in the beginning. */
  reset(): Promise<void>;
}

/** A group of tests on lab hosts of a scenario's own. */
export function describeOnScenario(scenario: Scenario, body: (on: ScenarioLab) => void): void {
  describeOnLab(scenario.title, { hosts: scenario.hosts, setup: setupOf(scenario.role) }, (lab) => {
    const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
    const inventory = join(folder, 'hosts.yml');
    const made = join(folder, 'made');
    const empty = () => {
      rmSync(made, { recursive: true, force: true });
      mkdirSync(made);
    };
    beforeAll(() => {
      scenario.writeInventory(inventory);
      empty();
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const inventories = () => ['-i', inventory, '-i', lab.inventory];
    const env = { ...process.env, ANSIBLE_ROLES_PATH: ROLES, MOLECULE_EPHEMERAL_DIRECTORY: made };
    body({
      lab,
      converge: scenario.playbook('converge') ?? 'converge.yml',
      tsplay: async (playbook, ...options) =>
        succeeded(
          await run(process.execPath, [builtProgram(), 'run', playbook, ...inventories(), ...options], '', env),
        ),
      ansible: async (playbook, ...options) => {
        const key = ['--private-key', loginKeyFile(requireLab(lab.name))];
        // Connections of its own: those that Ansible keeps do not survive that a host boots anew.
        const own = { ANSIBLE_HOME: folder, ANSIBLE_SSH_CONTROL_PATH_DIR: mkdtempSync(join(folder, 'cp-')) };
        const args = [playbook, ...inventories(), ...key, ...options];
        return succeeded(await run('ansible-playbook', args, '', { ...env, ...own }));
      },
      async reset() {
        empty();
        await lab.reset(...scenario.hosts);
      },
    });
  });
}

function succeeded({ code, stdout, stderr }: Answer): string {
  if (code !== 0) throw new Error(stdout + stderr);
  return stdout;
}
