import type { Question } from '../journal/types.ts';
import type { Play, VarsPrompt } from '../model/playbook.ts';
import type { Raw, Scope } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { hashPassword } from '../template/filters/password-hash.ts';
import { pyStr } from '../template/values.ts';
import type { RunContext } from './context.ts';

/** Asks what `vars_prompt` wants to know, but for what the command line said. */
export async function askPrompts(
  run: RunContext,
  { play, index }: { readonly play: Play; readonly index: number },
  scope: Scope,
): Promise<Map<string, Raw>> {
  const answers = new Map<string, Raw>();
  for (const prompt of play.varsPrompt) {
    if (run.variables.store.extraVars.has(prompt.name)) continue;
    answers.set(prompt.name, await ask(run, { play: index, name: prompt.name }, prompt, scope));
  }
  return answers;
}

/** An answer that was given in an earlier part of the run is not asked for again. */
async function ask(run: RunContext, question: Question, prompt: VarsPrompt, scope: Scope): Promise<Raw> {
  const known = run.record.answered(question);
  if (known !== undefined && prompt.encrypt) return known;
  const fallback = prompt.default === undefined ? undefined : pyStr(evaluate(prompt.default, scope));
  const said = known ?? (await typed(run, prompt, questionOf(prompt, fallback, scope)));
  if (said && prompt.private) run.secret(said);
  // As Ansible puts it, which makes text of its None.
  if (said === undefined && fallback === undefined && !prompt.encrypt) return 'None';
  const answer = said || (fallback ?? '');
  if (prompt.encrypt) {
    run.secret(answer);
    const hashed = hashPassword(answer, prompt.encrypt, { salt: prompt.salt, saltSize: prompt.saltSize });
    run.record.answer(question, hashed);
    return hashed;
  }
  if (said !== undefined && known === undefined) run.record.answer(question, said);
  return prompt.unsafe ? answer : scope.world.compile(answer);
}

function questionOf({ name, prompt }: VarsPrompt, fallback: string | undefined, scope: Scope): string {
  const text = pyStr(evaluate(prompt, scope)) || `input for ${name}`;
  return fallback === undefined ? `${text}: ` : `${text} [${fallback}]: `;
}

/** What is typed; nothing where nobody can type. */
async function typed(
  { terminal, emit }: RunContext,
  prompt: VarsPrompt,
  question: string,
): Promise<string | undefined> {
  if (!terminal.interactive) {
    emit({ type: 'warning', message: 'Not prompting as we are not in interactive mode' });
    return undefined;
  }
  const how = { echo: !prompt.private };
  for (;;) {
    const answer = await terminal.prompt(question, how);
    if (!prompt.confirm || (await terminal.prompt(`confirm ${question}`, how)) === answer) return answer;
    emit({ type: 'warning', message: '***** VALUES ENTERED DO NOT MATCH ****' });
  }
}
