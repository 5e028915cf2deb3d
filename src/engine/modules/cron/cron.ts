import { sh } from '../../remote/quote.ts';
import { defineModule } from '../define.ts';
import { readText } from '../text-file.ts';
import { type CronState, cronFilePath, planCron, reportCron } from './plan.ts';

export const cron = defineModule({
  name: 'cron',
  collection: 'ansible.builtin',
  summary: 'Manage jobs and variables of cron',
  args: {
    name: { type: 'str', required: true, doc: 'Name of the job, noted in a comment above it; or of the variable.' },
    user: { type: 'str', doc: 'Whose crontab, or who runs the job of a file.' },
    job: { type: 'str', aliases: ['value'], doc: "The command, or the variable's value." },
    cron_file: { type: 'path', doc: 'A file of /etc/cron.d (or an absolute path) instead of a crontab.' },
    state: { type: 'str', choices: ['present', 'absent'], default: 'present', doc: 'Whether it is there.' },
    backup: { type: 'bool', default: false, doc: 'Keep a copy of the crontab as it was.' },
    minute: { type: 'str', default: '*', doc: 'Minute.' },
    hour: { type: 'str', default: '*', doc: 'Hour.' },
    day: { type: 'str', default: '*', aliases: ['dom'], doc: 'Day of the month.' },
    month: { type: 'str', default: '*', doc: 'Month.' },
    weekday: { type: 'str', default: '*', aliases: ['dow'], doc: 'Day of the week.' },
    special_time: {
      type: 'str',
      choices: ['reboot', 'yearly', 'annually', 'monthly', 'weekly', 'daily', 'hourly'],
      doc: 'A time with a name.',
    },
    disabled: { type: 'bool', default: false, doc: 'The job is commented out.' },
    env: { type: 'bool', default: false, doc: 'It is a variable.' },
    insertafter: { type: 'str', doc: 'Variable after which a new one goes.' },
    insertbefore: { type: 'str', doc: 'Variable before which a new one goes.' },
  },
  rules: { mutuallyExclusive: [['insertafter', 'insertbefore']] },
  async inspect(host, { user, cron_file }): Promise<CronState> {
    if (cron_file !== null) {
      const file = await readText(host, cronFilePath(cron_file));
      return { kind: 'file', file };
    }
    const { rc, stdout, stderr } = await host.query(
      sh`command -v crontab >/dev/null || { echo 'Failed to find required executable "crontab" in paths' >&2; exit 9; }
crontab ${user === null ? [] : ['-u', user]} -l`,
    );
    if (rc > 1)
      return { kind: 'crontab', text: '', problem: stderr.toString('utf8').trim() || 'Unable to read crontab' };
    return { kind: 'crontab', text: rc === 0 ? stdout.toString('utf8') : '' };
  },
  plan: planCron,
  report: reportCron,
  examples: `- cron:
    name: backup
    minute: '0'
    hour: '3'
    job: /usr/local/bin/backup >/dev/null`,
});
