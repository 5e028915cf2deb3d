import type { Event, HostResult, Status } from '../model/event.ts';
import { formatPosition } from '../model/source.ts';
import { pyStr } from '../template/values.ts';
import { plain } from './plain.ts';
import { printable } from './printable.ts';
import type { Sink } from './sink.ts';

interface Suite {
  readonly name: string;
  readonly cases: HostResult[];
}

/** A JUnit report for CI, written when the run has ended: a suite for each play, a case for each task on each host. */
export class JunitOutput {
  private readonly sink: Sink;
  private readonly suites: Suite[] = [];

  constructor(sink: Sink) {
    this.sink = sink;
  }

  handle(event: Event): void {
    if (event.type === 'play-start') this.suites.push({ name: event.name, cases: [] });
    if (event.type === 'host-result') this.suites.at(-1)?.cases.push(event);
    if (event.type === 'warning') {
      this.sink.err(`${[`[WARNING]: ${event.message}`, ...(event.lines ?? [])].map(xmlText).join('\n')}\n`);
    }
    if (event.type === 'run-end') this.sink.out(report(this.suites));
  }
}

function report(suites: readonly Suite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  const body = suites.filter(({ cases }) => cases.length > 0).map(suiteText);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="tsplay"${totals(all)}>\n${body.join('')}</testsuites>\n`;
}

function suiteText({ name, cases }: Suite): string {
  return `  <testsuite name="${xmlText(name)}"${totals(cases)}>\n${cases.map(caseText).join('')}  </testsuite>\n`;
}

function totals(cases: readonly HostResult[]): string {
  const count = (...kinds: Outcome[]) => cases.filter((one) => kinds.includes(outcomeOf(one))).length;
  const seconds = cases.reduce((sum, { duration }) => sum + duration, 0) / 1000;
  return ` tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds.toFixed(3)}"`;
}

function caseText(result: HostResult): string {
  const { host, task, duration } = result;
  const place = `file="${xmlText(task.position.file)}" line="${task.position.line}"`;
  const open = `    <testcase name="[${xmlText(host)}] ${xmlText(task.name)}" classname="${xmlText(host)}" ${place} time="${(duration / 1000).toFixed(3)}"`;
  const inner = outcomeText(result);
  return inner === '' ? `${open}/>\n` : `${open}>\n      ${inner}\n    </testcase>\n`;
}

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

const OUTCOMES: Readonly<Record<Status, Outcome>> = {
  ok: 'passed',
  changed: 'passed',
  failed: 'failure',
  unreachable: 'error',
  skipped: 'skipped',
  unknown: 'skipped',
};

function outcomeOf({ status, ignored }: HostResult): Outcome {
  return ignored ? 'skipped' : OUTCOMES[status];
}

function outcomeText(result: HostResult): string {
  const outcome = outcomeOf(result);
  if (outcome === 'passed') return '';
  const message = pyStr(
    plain(result.result.get('msg') ?? result.result.get('reason') ?? result.result.get('skip_reason') ?? result.status),
  );
  if (outcome === 'skipped') return `<skipped message="${xmlText(result.ignored ? `ignored: ${message}` : message)}"/>`;
  const said = ['stdout', 'stderr'].flatMap((name) => {
    const text = result.result.get(name);
    return typeof text === 'string' && text !== '' ? [`${name}:\n${text}`] : [];
  });
  const place = formatPosition(result.task.position);
  const text = xmlText([place, message, ...said].join('\n'));
  return `<${outcome} type="${result.status}" message="${xmlText(message)}">${text}</${outcome}>`;
}

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
  ['\n', '&#10;'],
  ['\t', '&#9;'],
]);

/** XML has no way to say most control characters, which are shown as escapes, nor lone surrogates and non-characters. */
function xmlText(text: string): string {
  return printable(text)
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"'\n\t]/g, (character) => ENTITIES.get(character)!);
}
