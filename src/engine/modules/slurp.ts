import { defineModule } from './define.ts';
import { whyUnseen } from './files/paths.ts';

export const slurp = defineModule({
  name: 'slurp',
  collection: 'ansible.builtin',
  asksOnly: true,
  summary: 'Read a file of a host into a variable, in base64',
  args: { src: { type: 'path', required: true, aliases: ['path'], doc: 'The file.' } },
  async inspect(host, { src }) {
    const [state, read] = await Promise.allSettled([host.stat(src, { follow: true }), host.read(src)]);
    if (state.status === 'rejected') throw state.reason;
    const unseen = state.value === undefined ? await whyUnseen(host, src) : undefined;
    return { state: state.value, unseen, content: read.status === 'fulfilled' ? read.value?.content : undefined };
  },
  plan({ src }, before) {
    const { state, content } = before;
    if (before.unseen === 'hidden') return { changes: [], failed: `file is not readable: ${src}` };
    if (before.unseen === 'not below a folder') return { changes: [], failed: `unable to slurp file: ${src}` };
    if (!state) return { changes: [], failed: `file not found: ${src}` };
    if (state.kind === 'directory') {
      return { changes: [], failed: `source is a directory and must be a file: ${src}` };
    }
    if (!content) return { changes: [], failed: `file is not readable: ${src}` };
    return { changes: [], result: { content: content.toString('base64'), source: src, encoding: 'base64' } };
  },
  examples: '- slurp: {src: /etc/machine-id}\n  register: id\n- debug: {msg: "{{ id.content | b64decode }}"}',
});
