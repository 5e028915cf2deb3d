import type { Diff, Outcome } from '../../model/change.ts';
import { TsplayError } from '../../model/errors.ts';
import type { Dict, Value } from '../../model/value.ts';
import { parseJson } from '../../template/filters/json/parse.ts';
import { pyStr, truthy } from '../../template/values.ts';
import { splitLines } from '../commands/output.ts';
import type { Plan, Result } from '../types.ts';

/** Keys that mean something to the run: no program on a host may say them. */
const RESERVED = new Set(['add_host', 'add_group']);
const DISCOVERED = /^(?:ansible_)?discovered_interpreter_/;

/** The result of a program: the JSON that it printed, or what it printed instead. */
export function readAnswer(outcome: Pick<Outcome, 'rc' | 'stdout' | 'stderr'>): Partial<Omit<Plan, 'changes'>> {
  const stdout = outcome.stdout.toString();
  try {
    const { json, junk } = cutJson(stdout);
    const data = parseJson(json);
    if (!(data instanceof Map)) throw new TsplayError('module', 'the answer is no dictionary');
    return reportOf(data, junk === '' ? [] : [`Module invocation had junk after the JSON data: ${junk}`]);
  } catch (error) {
    if (!(error instanceof TsplayError)) throw error;
    return noAnswer(error.message, outcome);
  }
}

/**
 * The JSON object within an output: from the first line that begins with a brace to the last that ends with one. Login
 * messages before it are passed over; what comes after it is worth a warning. Throws TsplayError where there is none.
 */
export function cutJson(output: string): { readonly json: string; readonly junk: string } {
  const lines = splitLines(output) as string[];
  const start = lines.findIndex((line) => line.trim().startsWith('{'));
  if (start < 0) throw new TsplayError('module', 'No start of json char found');
  const end = lines.findLastIndex((line, index) => index >= start && line.trim().endsWith('}'));
  if (end < 0) throw new TsplayError('module', 'No end of json char found');
  return {
    json: lines.slice(start, end + 1).join('\n'),
    junk: lines
      .slice(end + 1)
      .join('\n')
      .trim(),
  };
}

function reportOf(data: Dict, warnings: readonly string[]): Partial<Omit<Plan, 'changes'>> {
  const said = [...warnings];
  const result: Result = {};
  for (const [name, value] of data) {
    const key = pyStr(name);
    if (key.startsWith('_ansible_') || RESERVED.has(key)) {
      if (key !== '_ansible_parsed')
        said.push(`Removed unexpected internal key in module return: ${key} = ${pyStr(value)}`);
    } else if (key === 'warnings') said.push(...listed(value));
    else if (key === 'results' && !Array.isArray(value)) {
      result['ansible_module_results'] = value;
      said.push("Found internal 'results' key in module return, renamed to 'ansible_module_results'.");
    } else if (key !== 'deprecations' || truthy(value)) result[key] = value;
  }
  const facts = result['ansible_facts'];
  if (facts instanceof Map) for (const key of [...facts.keys()]) if (DISCOVERED.test(pyStr(key))) facts.delete(key);
  for (const stream of ['stdout', 'stderr']) {
    const text = result[stream];
    if (text !== undefined && result[`${stream}_lines`] === undefined) {
      result[`${stream}_lines`] = splitLines(truthy(text) ? pyStr(text) : '');
    }
  }
  return {
    result,
    changed: truthy(result['changed'] ?? false),
    skipped: truthy(result['skipped'] ?? false) || undefined,
    failed: hasFailed(result) ? messageOf(result) : undefined,
    warnings: said,
    diffs: diffsOf(result['diff']),
  };
}

/** `failed` where it is said, else an `rc` that is not 0. */
function hasFailed(result: Result): boolean {
  const { failed, rc } = result;
  if (failed !== undefined) return truthy(failed);
  return rc !== undefined && rc !== 0 && rc !== '0';
}

/** Empty where the result has a message that is no text, and keeps it. */
function messageOf({ msg }: Result): string {
  return typeof msg === 'string' ? msg : '';
}

function listed(value: Value): string[] {
  return (Array.isArray(value) ? value : [value]).filter(truthy).map(pyStr);
}

function diffsOf(value: Value | undefined): Diff[] {
  const entries = Array.isArray(value) ? value : [value];
  return entries.flatMap((entry) => {
    if (!(entry instanceof Map)) return [];
    const text = (key: string) => (entry.has(key) ? { [key]: pyStr(entry.get(key)!) } : {});
    const { before_header, after_header, prepared } = {
      ...text('before_header'),
      ...text('after_header'),
      ...text('prepared'),
    };
    return [
      {
        before: entry.get('before') ?? '',
        after: entry.get('after') ?? '',
        ...(before_header === undefined ? {} : { beforeHeader: before_header }),
        ...(after_header === undefined ? {} : { afterHeader: after_header }),
        ...(prepared === undefined ? {} : { prepared }),
      },
    ];
  });
}

function noAnswer(reason: string, outcome: Pick<Outcome, 'rc' | 'stdout' | 'stderr'>): Partial<Omit<Plan, 'changes'>> {
  const [stdout, stderr] = [outcome.stdout.toString(), outcome.stderr.toString()];
  const traceback = [stderr, stdout].find((text) => text.startsWith('Traceback'));
  return {
    changed: false,
    failed: `MODULE FAILURE: ${reason}\nSee stdout/stderr for the exact error`,
    result: {
      module_stdout: stdout,
      module_stderr: stderr,
      ...(traceback === undefined ? {} : { exception: traceback }),
      rc: outcome.rc,
    },
  };
}
