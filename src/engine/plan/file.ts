import { readFileSync } from 'node:fs';
import { replaceFile } from '../files/replace-file.ts';
import type { Question } from '../journal/types.ts';
import { TsplayError } from '../model/errors.ts';
import type { Seal } from '../vault/seal.ts';
import { canonicalJson } from './canonical.ts';
import { textDigest } from './digest.ts';
import { FORMAT, type PlanDocument } from './document.ts';
import { mistakeIn } from './schema.ts';

/** What a plan was made with; it is what the plan is carried out with. */
export interface Invocation {
  /** Playbooks as they were named. */
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, readonly (string | boolean)[]>>;
  readonly answers: readonly (Question & { readonly said: string })[];
}

export type PlanParts = Omit<PlanDocument, 'format' | 'sealed'>;

/** The text of a plan, signed by the key of the user's state folder. */
export function planText(parts: PlanParts, invocation: Invocation, seal: Seal): string {
  const sealed = seal.closeStably(Buffer.from(JSON.stringify(invocation))).toString('base64');
  const document: PlanDocument = { ...parts, format: FORMAT, sealed };
  return canonicalJson({ ...document, sum: sumOf(document, seal) });
}

function sumOf(document: PlanDocument, seal: Seal): string {
  return textDigest((content) => seal.digest(content), 'plan', canonicalJson(document));
}

/** A plan from its text; `name` is the file's. Throws TsplayError if it is damaged, of another form or another user's. */
export function readPlan(text: string, name: string, seal: Seal): PlanDocument {
  const read = parsed(text, name);
  const { format, program } = read;
  if (typeof format === 'number' && format !== FORMAT) {
    throw new TsplayError('usage', `${name} is a plan of format ${format}; this tsplay reads ${FORMAT}`, {
      hint: `use the tsplay that made it (${String(program)}), or make the plan again`,
    });
  }
  const mistake = mistakeIn(read);
  if (mistake !== undefined) throw damaged(name, mistake);
  const { sum, ...document } = read as unknown as PlanDocument & { readonly sum: string };
  if (sumOf(document, seal) !== sum) {
    throw damaged(name, 'it was changed after it was made, or was made under another key (TSPLAY_STATE_DIR)');
  }
  return document;
}

export function invocationOf({ sealed }: PlanDocument, seal: Seal): Invocation {
  return JSON.parse(seal.open(Buffer.from(sealed, 'base64')).toString()) as Invocation;
}

function parsed(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw damaged(name, (error as Error).message);
  }
  throw damaged(name, 'it holds no object');
}

function damaged(name: string, why: string): TsplayError {
  return new TsplayError('usage', `${name} is no plan that can be applied: ${why}`, {
    hint: 'make it again with tsplay plan -o FILE',
  });
}

/** Throws TsplayError. */
export function loadPlanFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'it does not exist' : (cause as Error).message;
    throw new TsplayError('usage', `the plan ${path} cannot be read: ${why}`, {
      hint: 'tsplay plan PLAYBOOK -o FILE makes one',
      cause,
    });
  }
}

/** Puts a plan in its place in one step; only its owner may read it. Throws TsplayError. */
export function savePlanFile(path: string, text: string): void {
  try {
    replaceFile(path, text);
  } catch (cause) {
    throw new TsplayError('usage', `the plan cannot be written to ${path}: ${(cause as Error).message}`, { cause });
  }
}
