import { defineModule } from './define.ts';
import { reach } from './waiting/reach.ts';

export const waitForConnection = defineModule({
  name: 'wait_for_connection',
  collection: 'ansible.builtin',
  summary: 'Wait until a host can be reached',
  controllerOnly: true,
  terse: true,
  args: {
    connect_timeout: { type: 'int', default: 5, doc: 'Seconds that one attempt may take.' },
    delay: { type: 'int', default: 0, doc: 'Seconds to wait before the first attempt.' },
    sleep: { type: 'int', default: 1, doc: 'Seconds between attempts.' },
    timeout: { type: 'int', default: 600, doc: 'Seconds until it fails.' },
  },
  async prepare(controller, args) {
    if (controller.checkMode) return { elapsed: 0, error: undefined };
    const start = Date.now();
    const since = () => Math.floor((Date.now() - start) / 1000);
    if (args.delay > 0) await controller.sleep(args.delay);
    for (;;) {
      const reached = await reach(controller, args.connect_timeout, (host) => host.stat('/'));
      const error = 'error' in reached ? reached.error : undefined;
      if (error === undefined || since() >= args.timeout) return { elapsed: since(), error };
      await controller.sleep(args.sleep);
    }
  },
  plan(_args, _before, inputs) {
    const result = { elapsed: inputs.elapsed };
    if (inputs.error === undefined) return { changes: [], result };
    return { changes: [], failed: `timed out waiting for ping module test: ${inputs.error}`, result };
  },
  examples: '- wait_for_connection: {delay: 10, timeout: 300}',
});
