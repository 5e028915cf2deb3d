import type { TestLab } from '../../lab/on-lab.ts';
import { type Answer, run } from '../../lab/run.ts';

const UNIT = 'watch-arguments';

/** Written when a host is made, before it boots, and never changed: what has not changed since is of the image. */
const MADE = '/etc/apt/apt.conf.d/90lab';

/** Keeps the arguments of all processes of hosts that are seen from now on, until the hosts end. */
export async function watchArguments(lab: TestLab, hosts: readonly string[]): Promise<void> {
  const loop = `umask 077; while :; do cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" "\\n" | cat /run/seen - 2>/dev/null | sort -u >/run/seen.new
    mv /run/seen.new /run/seen; sleep 0.4; done`;
  const start = `systemctl is-active --quiet ${UNIT} || systemd-run --quiet --collect --unit ${UNIT} sh -c '${loop}'`;
  for (const host of hosts) await lab.ssh(host, start);
}

/** All forms in which a text may stand somewhere: plain, hexadecimal, and base64, also in the middle of something. */
export function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3)),
  );
  return [text, bytes.toString('hex'), ...base64];
}

/**
 * Where any of the words stands on a host: files that changed since its image was made (`keeps` and what is below them left out), arguments and environments of
 * processes, the journal. Nothing of them gets into arguments by this search.
 */
export async function findOnHost(
  lab: TestLab,
  host: string,
  words: readonly string[],
  keeps: readonly string[],
): Promise<string[]> {
  const left = ['/run/canaries', ...keeps].map((path) => `-path '${path}' -prune -o`).join(' ');
  const found = await lab.ssh(
    host,
    `umask 077; cat >/run/canaries; look='grep -laF -f /run/canaries'
    for place in / /run /tmp /dev/shm; do find $place -xdev ${left} -type f -cnewer ${MADE} -print0; done | xargs -0 -r -n 5000 $look
    for word in cmdline environ; do $look /proc/[0-9]*/$word 2>/dev/null; done
    journalctl -q | grep -qaF -f /run/canaries && echo journal; rm /run/canaries`,
    { input: `${words.join('\n')}\n` },
  );
  return foundIn(found);
}

/** The same in a folder of the controller. */
export async function findInFolder(folder: string, words: readonly string[]): Promise<string[]> {
  return foundIn(await run('grep', ['-rlaF', '-f', '-', folder], `${words.join('\n')}\n`));
}

function foundIn({ stdout }: Answer): string[] {
  return [...new Set(stdout.split('\n').filter(Boolean))].sort();
}
