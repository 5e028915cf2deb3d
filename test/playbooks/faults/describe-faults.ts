import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOnLab } from '../../lab/on-lab.ts';
import { tsplay } from '../../lab/tsplay.ts';
import { findInFolder, findOnHost, formsOf, watchArguments } from './canaries.ts';
import { chosenKinds, chosenMoments } from './choice.ts';
import { clusterOf, type View, type Watched } from './cluster.ts';
import { faultOf, type Kind } from './kinds.ts';
import { type FaultyRun, type Moment, type RunTask, runWithFault } from './run-with-fault.ts';
import type { JoiningSystem, NamedFault } from './system.ts';

/** Milliseconds for one join, its fault and what follows. */
const EACH = 240_000;
/** Milliseconds for all moments of a join. */
const ALL = 24 * 3_600_000;

/** Tests that strike a host while it joins, or the controller that joins it: after a resume all must be as if nothing had happened. */
export function describeFaults(title: string, system: JoiningSystem): void {
  const { members, joining } = system;
  const hosts = [...members, joining];
  const nodes = [...hosts, ...(system.workers ?? [])];

  describeOnLab(title, { hosts: nodes, setup: system.setup }, (lab) => {
    const folder = mkdtempSync(join(tmpdir(), 'faults-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const cluster = clusterOf(system, lab);
    const outputs: string[] = [];
    let whole: View;
    let tasks: readonly RunTask[];

    // A host that is gone is noticed soon.
    const alive = '-oServerAliveInterval=1 -oServerAliveCountMax=5 -oConnectTimeout=10';
    const settings = () => [
      ...system.settings(lab, folder),
      ...['-e', JSON.stringify({ ansible_ssh_extra_args: alive })],
    ];
    const joinWith = (at: Pick<Moment, 'task' | 'when'>, strike?: (controller: ChildProcess) => Promise<void>) => {
      const args = ['run', system.playbook, ...settings(), ...system.joinArguments];
      return runWithFault(args, { play: system.join, host: joining, ...at }, strike);
    };

    beforeAll(async () => {
      for (const host of nodes)
        await lab.ssh(host, 'mkdir -p /etc/stand-in && install -m 600 /dev/null /etc/stand-in/canaries');
      for (const args of system.begin) {
        const { code, stdout, stderr } = await tsplay('run', ...settings(), ...args);
        if (code !== 0) throw new Error(stdout + stderr);
      }
    }, EACH * 2);

    test(
      'joins when nothing happens',
      async () => {
        const { code, tasks: told, output } = await joinWith({ task: '', when: 'before' });
        outputs.push(output);
        if (code !== 0) throw new Error(output);
        tasks = told;
        whole = await cluster.view();
        expect(whole).toEqual({
          nodes: nodes.map((name) => `${name} Ready`).sort(),
          members: hosts.map(() => hosts.map((name) => `${name} voter`).sort()),
          clusters: [expect.any(Number)],
        });
      },
      EACH,
    );

    test.each(system.faults)(
      '$kind, $when "$task": a resume makes the cluster whole, and quorum was never lost',
      async (fault) => {
        expect(await struck(fault)).toMatchObject({ struck: true });
      },
      EACH,
    );

    for (const kind of chosenKinds()) {
      const title = `${kind}, before and after tasks of the join: a resume makes the cluster whole, and quorum was never lost`;
      test(title, () => struckEverywhere(kind), ALL);
    }

    async function struckEverywhere(kind: Kind): Promise<void> {
      const moments = chosenMoments(tasks, kind);
      const failed: string[] = [];
      for (const [index, moment] of moments.entries()) {
        const said = `${kind} ${moment.when} task ${moment.task} "${moment.name}"`;
        const began = Date.now();
        const outcome = await struck({ kind, ...moment }).then(
          ({ silence }) => `recovered, etcd was silent for ${silence} ms`,
          (error: unknown) => {
            failed.push(`${said}: ${keep(`${kind}-${index}`, String(error))}`);
            return 'FAILED';
          },
        );
        const seconds = Math.round((Date.now() - began) / 1000);
        process.stderr.write(`${index + 1}/${moments.length} ${said}: ${outcome}, ${seconds} s\n`);
      }
      expect(failed).toEqual([]);
    }

    /** A join with its fault, and what follows; an error tells what is not as it should be. */
    async function struck({ kind, task, when, until }: Fault): Promise<Recovery> {
      await cluster.leave();
      await watchArguments(lab, [members[0], joining]);
      const { strike, mend } = faultOf(kind, lab, joining);
      const strikeThen = async (controller: ChildProcess) => {
        if (until) await comes(until, controller);
        await strike(controller);
      };
      const enough = cluster.watch();
      const first = await joinWith({ task, when: when === 'after' ? 'after' : 'before' }, strikeThen);
      await mend();
      const resumed = first.code === 0 ? undefined : await tsplay('resume', '--assume', 'redo');
      const watched = await enough();
      outputs.push(first.output, resumed ? resumed.stdout + resumed.stderr : '');
      if (resumed && resumed.code !== 0) throw new Error(resumed.stdout + resumed.stderr);
      expect(await cluster.settled(whole)).toEqual(whole);
      expect(watched).toMatchObject({ voters: hosts.length, ranOn: true });
      if (system.tokens) expect((await lab.ssh(members[0], system.tokens)).stdout).toBe('');
      return { ...first, ...watched };
    }

    async function comes(until: string, controller: ChildProcess): Promise<void> {
      while (controller.exitCode === null && (await lab.ssh(members[0], until)).code !== 0) await wait(50);
    }

    /** Where an error can be read, with what the run and its resume wrote. */
    function keep(name: string, error: string): string {
      const path = join(tmpdir(), `fault-${name}.txt`);
      writeFileSync(path, [error, ...outputs.slice(-2)].join('\n\n'), { mode: 0o600 });
      return path;
    }

    test(
      'no secret is found where it does not belong: output, journal, logs, processes, files',
      async () => {
        const { stdout } = await lab.ssh(members[0], system.secrets);
        const secrets = [...new Set(stdout.split('\n').filter(Boolean))];
        expect(secrets.length).toBeGreaterThan(0);
        for (const secret of secrets) expect(secret.length).toBeGreaterThan(8);
        const words = secrets.flatMap(formsOf);
        expect(outputs.filter((output) => words.some((word) => output.includes(word)))).toEqual([]);
        expect(await findInFolder(process.env['TSPLAY_STATE_DIR']!, words)).toEqual([]);
        expect(await findInFolder(folder, words)).toEqual([]);
        const keeps = ['/etc/stand-in/canaries', ...system.keepsSecrets];
        const found = nodes.map(async (host) => [host, await findOnHost(lab, host, words, keeps)]);
        expect(await Promise.all(found)).toEqual(nodes.map((host) => [host, []]));
      },
      EACH,
    );
  });
}

type Recovery = FaultyRun & Watched;

type Fault = Pick<NamedFault, 'kind' | 'when' | 'until'> & { readonly task: string | number };
