import { expect, test } from '@jest/globals';
import { changedHosts } from '../lab/tsplay.ts';
import { changesSince, stateOf } from './host-state.ts';
import { describeOnScenario, PLAY_TIMEOUT, type Play } from './on-scenario.ts';
import type { Scenario } from './scenario.ts';

/**
 * Tests that Ansible and tsplay make the same of the hosts of a scenario, and that neither finds anything left to change
 * in what the other made. Needs `ansible-playbook` on this machine; hosts get the Python that it needs.
 */
export function describeSameAsAnsible(scenario: Scenario): void {
  describeOnScenario(scenario, ({ lab, tsplay, ansible, converge, reset }) => {
    const states = () => Promise.all(scenario.hosts.map((host) => stateOf(lab, host)));
    const [prepare, verify] = [scenario.playbook('prepare'), scenario.playbook('verify')];

    /** What converging makes of fresh hosts, once they are as they should be: what the cluster does to them may come later. */
    async function made(converged: Play): Promise<unknown> {
      await reset();
      await Promise.all(scenario.hosts.map((host) => lab.ssh(host, PYTHON)));
      if (prepare) await tsplay(prepare);
      const before = await states();
      await converged(converge);
      if (verify) await tsplay(verify);
      const after = await states();
      return Object.fromEntries(scenario.hosts.map((host, at) => [host, changesSince(before[at]!, after[at]!)]));
    }

    let byAnsible: unknown;

    test(
      'Ansible converges it; then tsplay has nothing to change, and finds it as it should be',
      async () => {
        byAnsible = await made(ansible);
        expect(changedHosts(await tsplay(converge, '--diff'))).toEqual([]);
      },
      TIMEOUT,
    );

    test(
      'tsplay leaves the hosts as Ansible did; then Ansible has nothing to change',
      async () => {
        expect(await made(tsplay)).toEqual(byAnsible);
        expect(changedHosts(await ansible(converge, '--diff'))).toEqual([]);
      },
      TIMEOUT,
    );
  });
}

/** Milliseconds for three playbooks. */
const TIMEOUT = 3 * PLAY_TIMEOUT;

const PYTHON = 'apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qq install -y python3 python3-apt';
