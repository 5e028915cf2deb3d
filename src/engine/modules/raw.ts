import { Script } from '../model/script.ts';
import { sh } from '../remote/quote.ts';
import { streams } from './commands/output.ts';
import { defineModule } from './define.ts';

export const raw = defineModule({
  name: 'raw',
  collection: 'ansible.builtin',
  summary: 'Run text on a host as it is',
  background: 'never',
  freeForm: 'command',
  args: {
    _raw_params: { type: 'str', required: true, doc: 'The text.' },
    executable: { type: 'str', doc: 'Shell to run it with, instead of the one of the connection.' },
  },
  plan({ _raw_params: text, executable }) {
    // The user's own shell text, from the playbook: to be interpreted is its purpose.
    const script = executable === null ? new Script(text) : sh`exec ${executable} -c ${text}`;
    return {
      changes: [{ kind: 'run', summary: `run ${text}`, script, effect: 'opaque', isolated: true, success: 'any' }],
    };
  },
  report(_args, _before, outcomes) {
    const [outcome] = outcomes;
    if (!outcome) return {};
    const result = { rc: outcome.rc, ...streams(outcome) };
    return outcome.rc === 0 ? { result } : { failed: 'non-zero return code', result };
  },
  examples: '- raw: cat /etc/os-release\n  changed_when: false',
});
