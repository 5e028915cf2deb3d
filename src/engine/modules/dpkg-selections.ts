import { sh } from '../remote/quote.ts';
import { defineModule } from './define.ts';
import { runChange } from './run-change.ts';
import type { Plan } from './types.ts';

export const dpkgSelections = defineModule({
  name: 'dpkg_selections',
  collection: 'ansible.builtin',
  summary: 'Say what dpkg shall do with a package: hold it, for instance',
  args: {
    name: { type: 'str', required: true, doc: 'The package.' },
    selection: {
      type: 'str',
      required: true,
      choices: ['install', 'hold', 'deinstall', 'purge'],
      doc: 'What is wanted for it.',
    },
  },
  async inspect(host, { name }) {
    const { rc, stdout, stderr } = await host.query(sh`LC_ALL=C dpkg --get-selections ${name}`);
    return { rc, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
  },
  plan({ name, selection }, { rc, stdout, stderr }): Plan {
    if (stderr.includes('no packages found matching')) {
      return { changes: [], failed: `Failed to find package '${name}' to perform selection '${selection}'.` };
    }
    if (rc !== 0) return { changes: [], failed: stderr.trim() };
    const before = stdout.trim().split(/\s+/)[1] ?? 'not present';
    const result = { before, after: selection };
    if (before === selection) return { changes: [], result };
    const change = runChange(`mark ${name} as ${selection}`, sh`dpkg --set-selections`, {
      stdin: Buffer.from(`${name} ${selection}\n`),
      diff: { before: `${name} ${before}\n`, after: `${name} ${selection}\n` },
    });
    return { changes: [change], result };
  },
  examples: '- dpkg_selections: {name: linux-image-amd64, selection: hold}',
});
