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
    // A module that breaks, as whoever asks for it expects to see it.
    if (data === 'crash') {
      const result = { module_stdout: '', module_stderr: 'Exception: boom', rc: 1 };
      return { changes: [], failed: 'MODULE FAILURE: boom', result };
    }
    return { changes: [], result: { ping: data } };
  },
  examples: '- ping:',
});
