import { defineModule } from '../define.ts';
import { userArgs } from './args.ts';
import { inspectUser } from './inspect.ts';
import { planUser, reportUser } from './plan.ts';

export const user = defineModule({
  name: 'user',
  collection: 'ansible.builtin',
  summary: 'Manage user accounts',
  args: userArgs,
  inspect: inspectUser,
  plan: planUser,
  report: reportUser,
  examples: `- user:
    name: deploy
    groups: [sudo]
    append: true
    shell: /bin/bash`,
});
