import { defineModule } from './define.ts';

export const fail = defineModule({
  name: 'fail',
  collection: 'ansible.builtin',
  summary: 'Fail with a message',
  controllerOnly: true,
  judges: true,
  terse: true,
  args: { msg: { type: 'str', default: 'Failed as requested from task', doc: 'Why.' } },
  plan({ msg }) {
    return { changes: [], failed: msg };
  },
  examples: '- fail: {msg: "Only Debian is supported"}\n  when: ansible_os_family != "Debian"',
});
