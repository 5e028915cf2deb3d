import { dirname, resolve } from 'node:path';
import { TsplayError } from '../../engine/model/errors.ts';
import { type Drift, driftBetween } from '../../engine/plan/compare.ts';
import type { Digest } from '../../engine/plan/digest.ts';
import type { PlanDocument } from '../../engine/plan/document.ts';
import { type Invocation, invocationOf, loadPlanFile, readPlan } from '../../engine/plan/file.ts';
import { PlanGuard } from '../../engine/plan/guard.ts';
import { driftLines } from '../../engine/plan/text.ts';
import type { Vault } from '../../engine/vault/vault.ts';
import { EXIT } from '../exit-codes.ts';
import { userState } from '../journal/find.ts';
import { type Parsed, parsedOf, parseOptions, type Said } from '../options.ts';
import { readConfig } from '../run/config.ts';
import { execute } from '../run/execute.ts';
import { type Passwords, readPasswords } from '../run/passwords.ts';
import { type Content, type Going, prepare } from '../run/prepare.ts';
import { readPlaybooks } from '../run/read-playbooks.ts';
import { readPlugins } from '../run/read-plugins.ts';
import { RUN_OPTIONS } from '../run/run-options.ts';
import { startAt } from '../run/start-at.ts';
import { processTheme } from '../run/theme.ts';
import { refuseChangedFiles, refuseNewFiles } from './changed-files.ts';
import { APPLY_OPTIONS } from './options.ts';
import { answering, type Survey, survey } from './survey.ts';

/** A plan that is about to be carried out. */
interface Applying {
  readonly plan: PlanDocument;
  readonly invocation: Invocation;
  readonly digest: Digest;
  /** Of this command line. */
  readonly given: Parsed;
  /** Of the plan and of this command line. */
  readonly options: Parsed;
  readonly passwords: Passwords;
}

/** Carries a plan out, from its beginning or from where an earlier part of the run ended. */
export async function applyPlan(going: Going): Promise<number> {
  const given = parseOptions(going.args, { ...APPLY_OPTIONS, ...PHASES });
  const [path, more] = given.words;
  if (path === undefined || more !== undefined) {
    throw new TsplayError('usage', 'give one plan', {
      hint: 'tsplay plan site.yml -i hosts.yml -o plan.json makes one',
    });
  }
  const { seal } = userState();
  const { resumed } = going;
  const text = resumed?.plan ?? Buffer.from(loadPlanFile(path));
  const plan = readPlan(text.toString(), path, seal);
  const digest: Digest = (content) => seal.digest(content);
  enter(plan);
  refuseChangedFiles(plan, digest);
  const invocation = invocationOf(plan, seal);
  const options = without(merged(invocation, given), given.list('leave-out'));
  const passwords = await readPasswords(options, readConfig(process.env).env);
  const applying: Applying = { plan, invocation, digest, given, options, passwords };
  // What was begun is not as it was; each task that is left is held to the plan all the same.
  if (resumed) return carryOut(applying, { ...going, plan: text });
  return checkThenCarryOut(applying, { ...going, plan: text });
}

const PHASES = { 'skip-phase': RUN_OPTIONS['skip-phase'], 'auto-fix': RUN_OPTIONS['auto-fix'] };

/** Paths of the plan are those of its folder. */
function enter({ directory }: PlanDocument): void {
  try {
    process.chdir(directory);
  } catch (cause) {
    throw new TsplayError('usage', `the folder in which the plan was made, ${directory}, cannot be entered`, { cause });
  }
}

function merged({ words, options }: Invocation, given: Parsed): Parsed {
  const all = new Map<string, readonly Said[]>(Object.entries(options));
  for (const [name, said] of given.given) all.set(name, [...(all.get(name) ?? []), ...said]);
  all.delete('check');
  return parsedOf(words, all);
}

async function checkThenCarryOut(applying: Applying, going: Going): Promise<number> {
  const { plan, invocation, given, options } = applying;
  const now = await survey({ ...applying, answers: invocation.answers });
  refuseNewFiles(plan.content, now.parts.content);
  const out = new Set(given.list('leave-out'));
  const drifts = driftBetween(plan.hosts, now.parts.hosts).filter(({ host }) => !out.has(host));
  if (drifts.length > 0) tellDrift(drifts);
  if (given.on('check')) {
    if (drifts.length === 0) print('All hosts are as they were when the plan was made.\n');
    return drifts.length === 0 ? now.exit : EXIT.failed;
  }
  if (drifts.length > 0 && !given.on('skip-drifted')) {
    print('Nothing was done. Make a new plan, or leave these hosts out with --skip-drifted.\n');
    return EXIT.failed;
  }
  const left = [...new Set(drifts.map(({ host }) => host))];
  // Whoever goes on with the run leaves them out too.
  const args = [...going.args, ...left.map((host) => `--leave-out=${host}`)];
  const code = await carryOut({ ...applying, options: without(options, left) }, { ...going, args }, now);
  return left.length > 0 && code === EXIT.ok ? EXIT.failed : code;
}

/** The same options for all hosts but some. */
function without(options: Parsed, hosts: readonly string[]): Parsed {
  if (hosts.length === 0) return options;
  const said = options.list('limit');
  const limit = [...(said.length > 0 ? said : ['all']), ...hosts.map((host) => `!${host}`)];
  return parsedOf(options.words, new Map([...options.given, ['limit', limit]]));
}

async function carryOut(applying: Applying, going: Going, now?: Survey): Promise<number> {
  const { plan, invocation, digest, options, passwords } = applying;
  const { prepared, read } = await contentOf(options, going, now?.prepared.vault);
  const from = options.text('start-at-task');
  return execute(prepared, from === undefined ? read : startAt(read, from), {
    overseer: (stop) => new PlanGuard(plan, { digest, stop, conceal: (text) => prepared.secrets.redact(text) }),
    recorder: (record) => answering(record, [...invocation.answers]),
    passwords,
  });
}

/** Reads what a plan that was carried out is of; nothing is run. */
export function readApplied(going: Going): Promise<Content> {
  const { seal } = userState();
  const given = parseOptions(going.args, { ...APPLY_OPTIONS, ...PHASES });
  const [path = ''] = given.words;
  const plan = readPlan((going.plan ?? loadPlanFile(path)).toString(), path, seal);
  enter(plan);
  return contentOf(without(merged(invocationOf(plan, seal), given), given.list('leave-out')), going);
}

async function contentOf(options: Parsed, going: Going, vault?: Vault): Promise<Content> {
  const playbookDir = dirname(resolve(options.words[0] ?? ''));
  const prepared = await prepare({ options, playbookDir, going, vault });
  const read = readPlaybooks(options.words, prepared);
  await readPlugins(read, prepared);
  return { prepared, read };
}

function tellDrift(drifts: readonly Drift[]): void {
  const hosts = new Set(drifts.map(({ host }) => host));
  print(`${hosts.size === 1 ? '1 host is' : `${hosts.size} hosts are`} not as when the plan was made:\n\n`);
  print(`${driftLines(drifts, processTheme()).join('\n')}\n\n`);
}

function print(text: string): void {
  process.stdout.write(text);
}
