import { dirname, relative, resolve } from 'node:path';
import type { Recorder } from '../../engine/journal/types.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Event } from '../../engine/model/event.ts';
import { Deferred, type Raw } from '../../engine/model/value.ts';
import { printable } from '../../engine/output/printable.ts';
import { concealHosts, concealPlays } from '../../engine/plan/conceal.ts';
import { type Digest, textDigest } from '../../engine/plan/digest.ts';
import type { PlanDocument } from '../../engine/plan/document.ts';
import type { Invocation, PlanParts } from '../../engine/plan/file.ts';
import { PlanMaker } from '../../engine/plan/maker.ts';
import { stateText } from '../../engine/plan/state.ts';
import type { Vault } from '../../engine/vault/vault.ts';
import type { Parsed } from '../options.ts';
import { execute } from '../run/execute.ts';
import type { Passwords } from '../run/passwords.ts';
import { type Prepared, prepare } from '../run/prepare.ts';
import { readPlaybooks, tellUnsupported } from '../run/read-playbooks.ts';
import { readPlugins } from '../run/read-plugins.ts';
import { startAt } from '../run/start-at.ts';
import { VERSION } from '../version.ts';
import { asCheck } from './options.ts';

export interface SurveyInputs {
  /** As a plan has them. */
  readonly options: Parsed;
  readonly digest: Digest;
  /** Answers that were given before; what is asked anew is added. */
  readonly answers: Invocation['answers'];
  readonly vault?: Vault | undefined;
  readonly passwords?: Passwords | undefined;
}

/** What a look at all hosts gave. */
export interface Survey {
  readonly parts: PlanParts;
  readonly answers: Invocation['answers'];
  /** Of the check run: 0, or that hosts failed or were not reached. */
  readonly exit: number;
  readonly prepared: Prepared;
}

/** Runs playbooks in check mode and says what they would do. Only warnings are told meanwhile, on standard error. */
export async function survey({ options, digest, answers, vault, passwords }: SurveyInputs): Promise<Survey> {
  const [first] = options.words;
  if (first === undefined) {
    throw new TsplayError('option', 'no playbook given', { hint: 'tsplay plan site.yml -i hosts.yml -o plan.json' });
  }
  const checking = asCheck(options);
  const maker = new PlanMaker(digest, { diffs: options.on('diff') });
  const emit = (event: Event) => {
    if (event.type === 'warning') process.stderr.write(`[WARNING]: ${printable(event.message)}\n`);
    maker.tell(event);
  };
  const prepared = await prepare({ options: checking, playbookDir: dirname(resolve(first)), emit, vault });
  const read = readPlaybooks(options.words, prepared);
  await readPlugins(read, prepared);
  const from = options.text('start-at-task');
  const chosen = from === undefined ? read : startAt(read, from);
  tellUnsupported(chosen, prepared, false);
  const said = [...answers];
  const exit = await execute(prepared, chosen, {
    overseer: () => maker,
    recorder: (record) => answering(record, said),
    ...(passwords && { passwords }),
  });
  return { parts: partsOf(maker, prepared, digest), answers: said, exit, prepared };
}

/** The same memory, which also has the answers of a plan. */
export function answering(record: Recorder, answers: Invocation['answers'][number][]): Recorder {
  const find = (play: number, name: string) => answers.find((one) => one.play === play && one.name === name);
  return {
    get keeps() {
      return record.keeps;
    },
    finished: (place) => record.finished(place),
    finish: (place, finished) => record.finish(place, finished),
    fail: (place) => record.fail(place),
    forget: (place) => record.forget(place),
    intend: (place, doer, intended) => record.intend(place, doer, intended),
    answered: (question) => record.answered(question) ?? find(question.play, question.name)?.said,
    answer(question, said) {
      if (!find(question.play, question.name)) answers.push({ ...question, said });
      record.answer(question, said);
    },
  };
}

function partsOf(maker: PlanMaker, prepared: Prepared, digest: Digest): PlanParts {
  const { settings, extraVars, secrets, options } = prepared;
  const hide = (text: string) => secrets.redact(text);
  const directory = process.cwd();
  return {
    program: VERSION,
    directory,
    playbooks: options.words,
    inventory: settings.inventory.map(hide),
    options: {
      ...(settings.limit !== undefined && { limit: settings.limit }),
      tags: settings.tags,
      skipTags: settings.skipTags,
      extraVars: Object.fromEntries([...extraVars].map(([name, raw]) => [name, rawDigest(raw, digest)])),
    },
    content: contentOf(prepared, directory, digest),
    plays: concealPlays(maker.plays, hide),
    hosts: concealHosts(maker.hosts, hide),
    coverage: maker.coverage,
  };
}

function rawDigest(raw: Raw, digest: Digest): string {
  return textDigest(digest, 'variable', raw instanceof Deferred ? raw.text : stateText(raw));
}

/** Files by their path from the folder of the plan, or their whole path where they stand elsewhere. */
function contentOf({ read }: Prepared, directory: string, digest: Digest): PlanDocument['content'] {
  const entries = Object.entries(read.all).map(([path, sum]) => {
    const below = relative(directory, path);
    return [below.startsWith('..') ? path : below, textDigest(digest, 'file', sum)];
  });
  return Object.fromEntries(entries) as PlanDocument['content'];
}
