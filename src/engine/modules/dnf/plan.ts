import type { Change, Outcome } from '../../model/change.ts';
import { sh } from '../../remote/quote.ts';
import { failedChange, runChange, textOf } from '../run-change.ts';
import type { Plan } from '../types.ts';
import { type DnfArgs, type DnfState, dnfOptions, namesOf } from './inspect.ts';

export function planDnf(args: DnfArgs, state: DnfState): Plan {
  if (args.list !== null) return { changes: [], failed: '"list" is not supported; package_facts lists packages' };
  if (state.program === undefined) return { changes: [], failed: 'Could not find dnf or yum on the host' };
  const call = (...words: string[]) => sh`LC_ALL=C ${[state.program!, ...dnfOptions(args), ...words]}`;
  const changes: Change[] = [];
  if (args.update_cache) changes.push(runChange('expire the cache of dnf', call('makecache')));
  const work = workOf(args, state);
  for (const { verb, names, back } of work) {
    changes.push(
      runChange(`${state.program} ${[verb, ...names].join(' ')}`, call(...verbWords(args, verb), ...names), {
        ...(back && { undo: call(back, ...names) }),
      }),
    );
  }
  const message =
    namesOf(args).length === 0 && args.update_cache ? 'Cache updated' : work.length ? '' : 'Nothing to do';
  return { changes, changed: work.length > 0, result: { msg: message, results: [], rc: 0 } };
}

interface Work {
  readonly verb: 'install' | 'upgrade' | 'remove' | 'autoremove';
  readonly names: readonly string[];
  readonly back?: 'install' | 'remove';
}

function workOf(args: DnfArgs, state: DnfState): Work[] {
  const names = namesOf(args);
  const has = (name: string) => state.installed.includes(name);
  const wish = args.state ?? (args.autoremove ? 'absent' : 'present');
  if (wish === 'absent' || wish === 'removed') {
    const unwanted = names.filter(has);
    if (names.length === 0 && args.autoremove) return [{ verb: 'autoremove', names: [] }];
    return unwanted.length
      ? [{ verb: args.autoremove ? 'autoremove' : 'remove', names: unwanted, back: 'install' }]
      : [];
  }
  const missing = names.filter((name) => name !== '*' && !has(name));
  const work: Work[] = [];
  if (missing.length && !(wish === 'latest' && args.update_only)) {
    work.push({ verb: 'install', names: missing, back: 'remove' });
  }
  const old = wish === 'latest' ? state.outdated.filter((name) => name === '*' || has(name)) : [];
  if (old.length) work.push({ verb: 'upgrade', names: old.includes('*') ? [] : old });
  return work;
}

function verbWords(args: DnfArgs, verb: Work['verb']): string[] {
  const flags: readonly (readonly [boolean, string])[] = [
    [verb === 'upgrade' && args.security, '--security'],
    [verb === 'upgrade' && args.bugfix, '--bugfix'],
    [args.download_only, '--downloadonly'],
    [args.download_only && args.download_dir !== null, `--downloaddir=${args.download_dir}`],
  ];
  return [verb, ...flags.filter(([on]) => on).map(([, flag]) => flag)];
}

export function reportDnf(args: DnfArgs, state: DnfState, outcomes: readonly Outcome[]): Partial<Plan> {
  const { changes, changed } = planDnf(args, state);
  const failure = failedChange(changes, outcomes);
  const output = outcomes.map(({ stdout }) => stdout.toString('utf8')).join('');
  if (failure) {
    const { rc, stderr } = failure.outcome;
    return {
      failed: textOf(stderr) || textOf(failure.outcome.stdout),
      result: { rc, results: [], failures: [textOf(stderr)] },
    };
  }
  const done = output.split('\n').flatMap((line) => {
    const [, verb, what] = /^(?:\s+)?(Installed|Upgraded|Removed): *(\S.*)$/.exec(line) ?? [];
    return verb === undefined ? [] : [`${verb}: ${what}`];
  });
  // an autoremove finds out by itself whether there is anything
  const nothing = /^Nothing to do\.?$/m.test(output);
  return { changed: changed === true && !nothing, result: { rc: 0, results: done } };
}
