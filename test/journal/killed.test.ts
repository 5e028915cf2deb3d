import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openRun, openState } from '../../src/engine/journal/open.ts';
import { Past } from '../../src/engine/journal/past.ts';
import { runIds } from '../../src/engine/journal/run-folder.ts';
import { stateDirOf } from '../../src/engine/journal/state-dir.ts';
import { describeOnLab, labTimeout } from '../lab/on-lab.ts';
import { builtProgram } from '../lab/program.ts';

const PROGRAM = builtProgram();
/** As many as `scripts/kills` is told. */
const KILLS = Number(process.env['TSPLAY_KILLS'] ?? 50);
const TASKS = 60;
/** Bytes; enough that a file is written in many pieces. */
const BIG = 300_000;

/** Commands that tell each time they ran, among changes of files. */
const TASK = [
  (n: number) => `shell: echo ${n} >> /srv/log`,
  (n: number) => `copy: {content: "text ${n} of {{ inventory_hostname }}", dest: /srv/f${n}}`,
  (n: number) => `lineinfile: {path: /srv/lines, line: "line ${n}", create: true}`,
  (n: number) => `file: {path: /srv/d${n}/e, state: directory, mode: "0750"}`,
  (n: number) => `copy: {content: "{{ 'z' * ${BIG} }}", dest: /srv/big${n}}`,
  (n: number) => `set_fact: {"fact${n}": "{{ 1000000 | random }}"}`,
  (n: number) => `copy: {content: "{{ fact${n - 1} }}", dest: "/srv/i{{ item }}-${n}"}\n      loop: [a, b]`,
];

const PLAYBOOK = `- hosts: all
  gather_facts: false
  tasks:
${Array.from({ length: TASKS }, (_, n) => `    - ${TASK[n % TASK.length]!(n)}\n      notify: told\n`).join('')}
  handlers:
    - name: told
      shell: echo handler >> /srv/log
`;

/** Repeats for a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describeOnLab('a run whose controller is killed', { hosts: ['one', 'two'] }, (lab) => {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'));
  const site = join(folder, 'site.yml');
  writeFileSync(site, PLAYBOOK);
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Kills it once it has printed so many bytes; false if it came to its end before. */
  function killed(args: readonly string[], printed: number): Promise<boolean> {
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: process.env, // else the variables of the tests are not passed on
    });
    let seen = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      seen += chunk.length;
      if (seen >= printed) child.kill('SIGKILL');
    });
    return new Promise((done) => child.on('close', (_, signal) => done(signal === 'SIGKILL')));
  }

  /** Words of the commands that were cut off: they are run again, so they may say so twice. */
  function cutOff(): string[] {
    const state = openState(stateDirOf(process.env));
    const run = openRun(state, runIds(state.dir).at(-1) ?? 'none');
    return new Past(run.entries, state.seal).cuts.map(({ entry }) => {
      const line = PLAYBOOK.split('\n')[entry.position.line - 1] ?? '';
      return /echo (\w+)/.exec(line)?.[1] ?? 'handler'; // which begins with its name
    });
  }

  /** Looks at the big files all the time, and notes each that is neither missing nor whole. */
  const WATCH = `rm -f /run/torn; while [ ! -e /run/enough ]; do
    for f in /srv/big*; do s=$(stat -c %s "$f" 2>/dev/null) && [ "$s" != ${BIG} ] && echo "$f $s" >>/run/torn; done; sleep 0.01
  done; cat /run/torn 2>/dev/null`;
  const LITTER = 'ls -A /tmp /var/tmp /root /etc /opt; ps -eo args= | grep "[t]splay"';

  const seed = Date.now() % 1_000_000;

  test(
    `ends as one that was not, after ${KILLS} kills (seed ${seed})`,
    async () => {
      const random = randomOf(seed);
      const hosts = ['one', 'two'];
      const litter = await Promise.all(hosts.map((host) => lab.ssh(host, LITTER)));
      const watches = hosts.map((host) => lab.ssh(host, WATCH));
      let kills = 0;
      while (kills < KILLS) {
        await Promise.all(hosts.map((host) => lab.ssh(host, 'rm -rf /srv/* /srv/.[!.]*; touch /srv/lines /srv/log')));
        const cut: string[] = [];
        let command = ['run', site, '-i', lab.inventory];
        while (await killed(command, 200 + Math.ceil(random() * 2000))) {
          kills++;
          cut.push(...cutOff());
          command = ['resume', '--assume', 'redo'];
        }
        for (const host of hosts) {
          const { stdout } = await lab.ssh(
            host,
            'cd /srv; sort log | uniq -c; cat lines; ls -A; cat f*; for f in ia-*; do cmp $f ib${f#ia}; done; stat -c %a d*/e',
          );
          expect({ kills, host, state: withoutRepeats(stdout, cut) }).toEqual({ kills, host, state: expected(host) });
        }
      }
      await Promise.all(hosts.map((host) => lab.ssh(host, 'touch /run/enough')));
      expect(await Promise.all(watches)).toEqual(hosts.map(() => expect.objectContaining({ stdout: '' })));
      expect(await Promise.all(hosts.map((host) => lab.ssh(host, LITTER)))).toEqual(litter);
      process.stdout.write(`killed ${kills} times\n`);
    },
    labTimeout * Math.max(5, KILLS / 10),
  );

  function withoutRepeats(text: string, cut: readonly string[]): string {
    return text.replace(/^ +(\d+) (\w+)$/gm, (line, count: string, word: string) =>
      count === '1' || cut.includes(word) ? `1 ${word}` : line.trim(),
    );
  }

  function expected(host: string): string {
    const all = Array.from({ length: TASKS }, (_, n) => n);
    const of = (kind: number) => all.filter((n) => n % TASK.length === kind);
    const log = [...of(0).map(String), 'handler'].sort().map((word) => `1 ${word}`);
    const lines = of(2).map((n) => `line ${n}`);
    const names = [
      ...of(1).map((n) => `f${n}`),
      ...of(3).map((n) => `d${n}`),
      ...of(4).map((n) => `big${n}`),
      ...of(6).flatMap((n) => [`ia-${n}`, `ib-${n}`]),
      'lines',
      'log',
    ].sort();
    const texts = of(1)
      .map((n) => `f${n}`)
      .sort()
      .map((name) => `text ${name.slice(1)} of ${host}`)
      .join('');
    return [
      ...log,
      ...lines,
      ...names,
      `${texts}${of(3)
        .map(() => '750\n')
        .join('')}`,
    ].join('\n');
  }
});
