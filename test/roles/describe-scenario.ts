import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, describeOnLab, run } from '../lab/on-lab.ts';
import { builtProgram } from '../lab/program.ts';
import { recap } from '../lab/tsplay.ts';
import { type Scenario, scenarios } from './scenario.ts';

/** Milliseconds: apt may install on several hosts. */
const PLAY_TIMEOUT = 600_000;
const ROLES = resolve('roles');

/** Tests the scenarios of all roles that are chosen, each on lab hosts of its own. */
export function describeScenarios(chosen: (role: string) => boolean): void {
  for (const scenario of scenarios(ROLES)) if (chosen(scenario.role)) describeScenario(scenario);
}

function describeScenario(scenario: Scenario): void {
  describeOnLab(scenario.title, { hosts: scenario.hosts }, (lab) => {
    const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
    const inventory = join(folder, 'hosts.yml');
    beforeAll(() => scenario.writeInventory(inventory));
    afterAll(() => rmSync(folder, { recursive: true }));

    const play = async (playbook: string, ...options: string[]): Promise<Answer> => {
      const args = ['run', playbook, '-i', inventory, '-i', lab.inventory, ...options];
      const env = { ...process.env, ANSIBLE_ROLES_PATH: ROLES, MOLECULE_EPHEMERAL_DIRECTORY: folder };
      return run(process.execPath, [builtProgram(), ...args], '', env);
    };
    const succeed = async (playbook: string, ...options: string[]) => {
      const answer = await play(playbook, ...options);
      if (answer.code !== 0) throw new Error(`${playbook} ${options.join(' ')}:\n${answer.stdout}${answer.stderr}`);
      return answer.stdout;
    };
    const states = () => Promise.all(scenario.hosts.map((host) => lab.changes(host)));
    const converge = scenario.playbook('converge') ?? 'converge.yml';

    test(
      'check mode runs through and changes nothing',
      async () => {
        const prepare = scenario.playbook('prepare');
        if (prepare) await succeed(prepare);
        const before = await states();
        await succeed(converge, '--check', '--diff');
        expect(await states()).toEqual(before);
      },
      PLAY_TIMEOUT,
    );

    test(
      'converges, and again without a change',
      async () => {
        await succeed(converge);
        const changed = Object.entries(recap(await succeed(converge, '--diff'))).filter(
          ([, counts]) => counts['changed'],
        );
        expect(changed).toEqual([]);
      },
      PLAY_TIMEOUT,
    );

    const verify = scenario.playbook('verify');
    if (verify) test('is as it should be', async () => void (await succeed(verify)), PLAY_TIMEOUT);
  });
}
