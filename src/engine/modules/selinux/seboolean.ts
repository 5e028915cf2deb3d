import { sh } from '../../remote/quote.ts';
import { defineModule } from '../define.ts';
import { runChange } from '../run-change.ts';
import { linesOf } from '../text-file.ts';
import type { Plan } from '../types.ts';

export const seboolean = defineModule({
  name: 'seboolean',
  collection: 'ansible.posix',
  summary: 'Switch booleans of SELinux',
  args: {
    name: { type: 'str', required: true, doc: 'The boolean.' },
    state: { type: 'bool', required: true, doc: 'Its value.' },
    persistent: { type: 'bool', default: false, doc: 'Keep it after the next start.' },
    ignore_selinux_state: { type: 'bool', default: false, doc: 'Go on where SELinux is switched off.' },
  },
  async inspect(host, { name, persistent }) {
    const kept = sh`semanage boolean -l -n 2>/dev/null | sed -n ${`s/^${name.replace(/[^\w]/g, '')} *(\\([a-z]*\\) *, *\\([a-z]*\\)).*/kept \\2/p`}`;
    const { stdout } = await host.query(sh`command -v getsebool >/dev/null || { echo none; exit 0; }
LC_ALL=C; export LC_ALL; selinuxenabled 2>/dev/null && echo enabled
getsebool ${name} 2>/dev/null | sed 's/^.*--> */now /'; ${persistent ? kept : sh`:`}`);
    const lines = linesOf(stdout.toString('utf8'));
    const named = (word: string) => lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1);
    return {
      tools: !lines.includes('none'),
      enabled: lines.includes('enabled'),
      now: named('now'),
      kept: named('kept'),
    };
  },
  plan({ name, state, persistent, ignore_selinux_state: pardon }, host): Plan {
    const fail = (failed: string): Plan => ({ changes: [], failed });
    if (!host.tools) return fail('this host has no tools of SELinux: getsebool and setsebool are missing');
    if (!host.enabled && !pardon) return fail('SELinux is disabled on this host.');
    if (host.now === undefined) return fail(`SELinux boolean ${name} does not exist.`);
    const result = { name, persistent, state };
    const word = state ? 'on' : 'off';
    const settled = host.now === word && (!persistent || (host.kept ?? host.now) === word);
    if (settled) return { changes: [], result };
    const set = (value: string) => sh`setsebool ${persistent ? ['-P'] : []} ${name} ${value}`;
    const diff = { before: `${name} ${host.now}\n`, after: `${name} ${word}\n` };
    return {
      changes: [runChange(`switch ${name} ${word}`, set(word), { undo: set(state ? 'off' : 'on'), diff })],
      result,
    };
  },
  examples: '- seboolean: {name: httpd_can_network_connect, state: true, persistent: true}',
});
