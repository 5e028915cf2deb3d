import type { Playbook, Prepared } from '../run/prepare.ts';
import { type Keeping, keepRun, NOT_KEPT } from './keep.ts';

/** The journal of a run, as its command line wants it; it is told all that the user is shown. */
export function keepPrepared(
  { going, settings, config, secrets, emit, listeners, read }: Prepared,
  playbooks: readonly Playbook[],
): Keeping {
  if (!going) return NOT_KEPT;
  const { resumed } = going;
  const changed = resumed && read.difference(resumed.invocation.content);
  if (changed) {
    emit({
      type: 'warning',
      message: `the content is not as it was (${changed}); tasks that say the same and were finished are not done again`,
    });
  }
  const kept = keepRun({
    invocation: { command: going.command, args: going.args, directory: process.cwd(), content: read.all },
    plan: going.plan,
    playbooks: playbooks.map(({ path }) => path),
    checkMode: settings.checkMode,
    env: config.env,
    conceal: (text) => secrets.redact(text),
    warn: (message) => emit({ type: 'warning', message }),
    resumed,
  });
  for (const value of resumed?.past.secrets ?? []) secrets.add(value);
  secrets.follow((value) => kept.secret(value));
  listeners.push((event) => kept.tell(event));
  return kept;
}
