import { expect, test } from '@jest/globals';
import { changedHosts } from '../lab/tsplay.ts';
import { describeOnScenario, PLAY_TIMEOUT, ROLES } from './on-scenario.ts';
import { type Scenario, scenarios } from './scenario.ts';

/** Tests the scenarios of all roles that are chosen, each on lab hosts of its own. */
export function describeScenarios(chosen: (role: string) => boolean): void {
  for (const scenario of scenarios(ROLES)) if (chosen(scenario.role)) describeScenario(scenario);
}

function describeScenario(scenario: Scenario): void {
  describeOnScenario(scenario, ({ lab, tsplay, converge }) => {
    const states = () => Promise.all(scenario.hosts.map((host) => lab.changes(host)));

    test(
      'check mode runs through and changes nothing',
      async () => {
        const prepare = scenario.playbook('prepare');
        if (prepare) await tsplay(prepare);
        const before = await states();
        await tsplay(converge, '--check', '--diff');
        expect(await states()).toEqual(before);
      },
      PLAY_TIMEOUT,
    );

    test(
      'converges, and again without a change',
      async () => {
        await tsplay(converge);
        expect(changedHosts(await tsplay(converge, '--diff'))).toEqual([]);
      },
      PLAY_TIMEOUT,
    );

    const verify = scenario.playbook('verify');
    if (verify) test('is as it should be', async () => void (await tsplay(verify)), PLAY_TIMEOUT);
  });
}
