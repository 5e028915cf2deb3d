import { defineModule } from '../define.ts';
import { gitArgs } from './args.ts';
import { inspectRepository } from './inspect.ts';
import { planRepository, reportRepository } from './plan.ts';

export const git = defineModule({
  name: 'git',
  collection: 'ansible.builtin',
  summary: 'Have a version of a git repository on a host',
  args: gitArgs,
  rules: {
    mutuallyExclusive: [
      ['separate_git_dir', 'bare'],
      ['accept_hostkey', 'accept_newhostkey'],
    ],
    requiredBy: { archive_prefix: ['archive'] },
  },
  inspect: inspectRepository,
  plan: planRepository,
  report: reportRepository,
  examples: '- git: {repo: "https://example.org/app.git", dest: /opt/app, version: v1.2.0}',
});
