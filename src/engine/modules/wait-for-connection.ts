import { TsplayError } from '../model/errors.ts';
import { defineModule } from './define.ts';
import type { Controller } from './types.ts';

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
      const error = await attempt(controller, args.connect_timeout);
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

/** Undefined if the host answered, else why it did not. */
async function attempt(controller: Controller, seconds: number): Promise<string | undefined> {
  const late = controller.sleep(seconds).then(() => 'no answer in time');
  const answer = controller.reconnect().then((host) => host.stat('/'));
  try {
    return await Promise.race([answer.then(() => undefined), late]);
  } catch (error) {
    if (error instanceof TsplayError) return error.message;
    throw error;
  } finally {
    // The loser may still fail later; that is then nobody's concern.
    answer.catch(() => undefined);
    late.catch(() => undefined);
  }
}
