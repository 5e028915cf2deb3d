import { randomUUID } from 'node:crypto';
import { fileArgs } from './args/common.ts';
import { defineModule } from './define.ts';
import { planAbsent } from './files/absent.ts';
import { missingAccounts } from './files/accounts.ts';
import { planDirectory } from './files/directory.ts';
import { planHardLink, planLink } from './files/link.ts';
import { type FileArgs, type Look, lookAt, looksBinary } from './files/look.ts';
import { mergedDiff } from './files/result-diff.ts';
import { parseTime } from './files/times.ts';
import { planFile, planTouch } from './files/touch.ts';
import { type Wanted, wantedOf } from './files/wanted.ts';
import type { Plan } from './types.ts';

export const file = defineModule({
  name: 'file',
  collection: 'ansible.builtin',
  summary: 'Make files, folders and links, or change their owner and mode, or remove them',
  args: {
    ...fileArgs,
    path: { type: 'path', required: true, aliases: ['dest', 'name'], doc: 'The path.' },
    state: {
      type: 'str',
      choices: ['absent', 'directory', 'file', 'hard', 'link', 'touch'],
      doc: 'What it is to be; as it is now if not said.',
    },
    src: { type: 'path', doc: 'What a link leads to.' },
    _diff_peek: { type: 'bool', doc: 'Only tell whether the content looks like text.' },
    recurse: { type: 'bool', default: false, doc: 'Give owner and mode to all below a folder too.' },
    force: { type: 'bool', default: false, doc: 'Link to what is not there, or in the place of a file.' },
    follow: { type: 'bool', default: true, doc: 'Change what a link leads to.' },
    modification_time: { type: 'str', doc: 'Time to set: `now`, `preserve`, or one of the format.' },
    modification_time_format: { type: 'str', default: '%Y%m%d%H%M.%S', doc: 'How the time is written.' },
    access_time: { type: 'str', doc: 'Time to set: `now`, `preserve`, or one of the format.' },
    access_time_format: { type: 'str', default: '%Y%m%d%H%M.%S', doc: 'How the time is written.' },
  },
  prepare(controller, args) {
    return { wanted: wantedOf(args), checkMode: controller.checkMode, now: Date.now() / 1000, nonce: randomUUID() };
  },
  async inspect(host, args, inputs) {
    const peek = args._diff_peek === null ? undefined : await looksBinary(host, args.path);
    const seen = await lookAt(host, args, inputs.wanted, inputs.nonce);
    // Check mode may come before the user was made that a file is to belong to.
    const warnings = inputs.checkMode && seen.goal !== 'absent' ? await missingAccounts(host, inputs.wanted) : [];
    return { ...seen, warnings, peek };
  },
  plan(args, before, inputs): Plan {
    if (before.peek !== undefined) return { changes: [], result: { path: args.path, appears_binary: before.peek } };
    const plan = planState(args, before, inputs.wanted, inputs.now);
    const warnings = [...before.warnings, ...(plan.warnings ?? [])];
    const diff = plan.failed === undefined ? mergedDiff(plan.changes, before.target.path) : {};
    return { ...plan, warnings, result: { ...plan.result, ...diff } };
  },
  examples:
    '- file: {path: /srv/app, state: directory, owner: app, mode: "0750"}\n- file: {path: /tmp/old, state: absent}',
});

interface StateArgs extends FileArgs {
  readonly modification_time: string | null;
  readonly modification_time_format: string;
  readonly access_time: string | null;
  readonly access_time_format: string;
}

function planState(args: StateArgs, before: Look, wanted: Wanted, now: number): Plan {
  const { goal, target, link, missing, below } = before;
  const fail = (failed: string): Plan => ({ changes: [], failed, result: { path: target.path } });
  if (args.recurse && goal !== 'directory') return fail("recurse option requires state to be 'directory'");
  if (args.src !== null && goal !== 'link' && goal !== 'hard')
    return fail("src option requires state to be 'link' or 'hard'");
  if (goal === 'absent')
    return planAbsent(
      target.path,
      target.state,
      below.flatMap((entry) => entry.state ?? []),
    );
  if (link) return goal === 'link' ? planLink(args, wanted, link) : planHardLink(args, wanted, link);
  if (goal === 'directory') return planDirectory(target, wanted, missing, below);
  const other = goal === 'touch' ? 'now' : 'preserve';
  const mtime = parseTime(args.modification_time, args.modification_time_format, other);
  const atime = parseTime(args.access_time, args.access_time_format, other);
  return (goal === 'touch' ? planTouch : planFile)(target, wanted, { mtime, atime }, now);
}
