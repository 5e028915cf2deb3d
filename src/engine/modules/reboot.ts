import { sh } from '../remote/quote.ts';
import type { HostView } from '../remote/types.ts';
import { splitCommand } from './commands/shlex.ts';
import { defineModule } from './define.ts';
import { runChange } from './run-change.ts';
import type { Controller, Plan } from './types.ts';
import { reach } from './waiting/reach.ts';

/** Seconds that one attempt to reach the host may take, unless said otherwise. */
const patience = 10;

export const reboot = defineModule({
  name: 'reboot',
  collection: 'ansible.builtin',
  summary: 'Start a host anew and wait until it is back',
  background: 'never',
  terse: true,
  args: {
    pre_reboot_delay: { type: 'int', default: 0, aliases: ['pre_reboot_delay_sec'], doc: 'Seconds to wait before.' },
    post_reboot_delay: {
      type: 'int',
      default: 0,
      aliases: ['post_reboot_delay_sec'],
      doc: 'Seconds to wait after, before the host is looked for.',
    },
    reboot_timeout: { type: 'int', default: 600, aliases: ['reboot_timeout_sec'], doc: 'Seconds it may take.' },
    connect_timeout: { type: 'int', aliases: ['connect_timeout_sec'], doc: 'Seconds that one attempt may take.' },
    test_command: { type: 'str', default: 'whoami', doc: 'Command that succeeds once the host is of use again.' },
    msg: { type: 'str', default: 'Reboot initiated by Ansible', doc: 'What users of the host are told.' },
    search_paths: {
      type: 'list',
      elements: 'str',
      default: ['/sbin', '/bin', '/usr/sbin', '/usr/bin', '/usr/local/sbin'],
      doc: 'Folders to look for `shutdown` in.',
    },
    boot_time_command: {
      type: 'str',
      default: 'cat /proc/sys/kernel/random/boot_id',
      doc: 'Command whose output is another one after each start.',
    },
    reboot_command: { type: 'str', doc: 'Command that starts it anew; `shutdown -r` by default.' },
  },
  async inspect(host, args) {
    const program = args.reboot_command === null ? 'shutdown' : (splitCommand(args.reboot_command)[0] ?? '');
    const [boot, found] = await Promise.all([
      bootOf(host, args.boot_time_command),
      host.query(sh`PATH=$PATH:${args.search_paths.join(':')}; command -v -- ${program}`),
    ]);
    return { boot, program, path: found.stdout.toString('utf8').trim() };
  },
  plan(args, { boot, program, path }): Plan {
    if (boot === '') return { changes: [], failed: `${args.boot_time_command}: failed to get host boot time info` };
    if (path === '') {
      const failed = `Unable to find command "${program}" in search paths: ${args.search_paths.join(', ')}`;
      return { changes: [], failed, result: { rebooted: false } };
    }
    const words = args.reboot_command === null ? shutdownWords(args) : splitCommand(args.reboot_command).slice(1);
    // it goes on by itself, so that the answer to this is there before the connection goes
    const script = sh`nohup sh -c 'sleep 1; exec "$@"' sh ${[path, ...words]} >/dev/null 2>&1 </dev/null &`;
    return { changes: [runChange('reboot', script)], result: { rebooted: true, elapsed: 0 } };
  },
  async afterApply(controller, args, { boot }) {
    const start = Date.now();
    const elapsed = () => Math.floor((Date.now() - start) / 1000);
    await controller.sleep(Math.max(0, args.pre_reboot_delay) + Math.max(0, args.post_reboot_delay) + 1);
    const seconds = args.connect_timeout ?? patience;
    const isBack = (host: HostView) => bootOf(host, args.boot_time_command).then((now) => now !== '' && now !== boot);
    const works = (host: HostView) => host.query(sh`${userCommand(args.test_command)}`).then(({ rc }) => rc === 0);
    for (const [what, ask] of [
      ['last boot time check', isBack],
      ['post-reboot test command', works],
    ] as const) {
      if (!(await until(controller, seconds, () => elapsed() < args.reboot_timeout, ask))) {
        const failed = `Timed out waiting for ${what} (timeout=${args.reboot_timeout})`;
        return { failed, result: { rebooted: true, elapsed: elapsed() } };
      }
    }
    return { result: { rebooted: true, elapsed: elapsed() } };
  },
  examples: '- reboot: {reboot_timeout: 300}',
});

/** `shutdown` counts in minutes. */
function shutdownWords({ pre_reboot_delay: delay, msg }: { pre_reboot_delay: number; msg: string }): string[] {
  return ['-r', String(Math.max(0, Math.floor(delay / 60))), msg];
}

async function bootOf(host: HostView, command: string): Promise<string> {
  const { rc, stdout } = await host.query(userCommand(command));
  return rc === 0 ? stdout.toString('utf8').trim() : '';
}

/** A command of the task's own. */
function userCommand(command: string) {
  return sh`sh -c ${command} </dev/null`;
}

async function until(
  controller: Controller,
  seconds: number,
  goesOn: () => boolean,
  ask: (host: HostView) => Promise<boolean>,
): Promise<boolean> {
  for (;;) {
    const reached = await reach(controller, seconds, ask);
    if ('answer' in reached && reached.answer) return true;
    if (!goesOn()) return false;
    await controller.sleep(1);
  }
}
