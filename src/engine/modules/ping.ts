import { defineModule } from './define.ts';

export const ping = defineModule({
  name: 'ping',
  collection: 'ansible.builtin',
  summary: 'See that a host answers',
  args: {
    data: { type: 'str', default: 'pong', doc: 'What to answer; `crash` fails.' },
  },
  async inspect(host) {
    // A round trip, so that the answer proves the connection.
    await host.stat('/');
  },
  plan({ data }) {
    if (data === 'crash') return { changes: [], failed: 'boom' };
    return { changes: [], result: { ping: data } };
  },
  examples: '- ping:',
});
