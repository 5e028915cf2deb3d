import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { replaceFile } from '../../engine/files/replace-file.ts';
import { invocationOf, openRun } from '../../engine/journal/open.ts';
import { unsealing } from '../../engine/journal/story/details.ts';
import { storyOf } from '../../engine/journal/story/follow.ts';
import { TsplayError } from '../../engine/model/errors.ts';
import { type Report, reportOf } from '../../engine/report/model/report.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { chosenRun } from '../journal/find.ts';
import { type OptionTable, optionHelp, parseOptions } from '../options.ts';

const FORMATS = ['markdown', 'json', 'junit', 'html'] as const;
type Format = (typeof FORMATS)[number];

const OPTIONS = {
  format: { value: 'FORMAT', help: `${FORMATS.join(', ')}; by default what the file's name ends with, else markdown` },
  output: { short: 'o', value: 'FILE', help: 'write it there instead of printing it' },
} satisfies OptionTable;

export const report: Command = {
  summary: 'report a run as Markdown, JSON, JUnit or a page of HTML',
  help: () => `Usage: tsplay report [RUN] [OPTIONS]

Reports a run (the last one): how it went, its phases, a timeline of hosts and tasks, what was changed, what failed with
its source, the slowest tasks. HTML is one page that needs nothing else.

${optionHelp(OPTIONS)}
`,
  async run(args) {
    const options = parseOptions(args, OPTIONS);
    const [name, more] = options.words;
    if (more !== undefined) throw new TsplayError('usage', 'give one run', { hint: 'tsplay runs lists them' });
    const file = options.text('output');
    const format = formatOf(options.text('format'), file);
    if (format === 'html' && file === undefined && process.stdout.isTTY) {
      throw new TsplayError('usage', 'a page is not for the terminal', { hint: 'name a file: -o report.html' });
    }
    const text = await written(name, format);
    if (file === undefined) process.stdout.write(text);
    else replace(file, text);
    return EXIT.ok;
  },
};

const ENDINGS: Readonly<Record<string, Format>> = {
  '.html': 'html',
  '.htm': 'html',
  '.json': 'json',
  '.xml': 'junit',
  '.md': 'markdown',
};

function formatOf(given: string | undefined, file: string | undefined): Format {
  const ending = file === undefined ? '' : extname(file).toLowerCase();
  if (given === undefined) return (Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined) ?? 'markdown';
  const format = FORMATS.find((one) => one === given);
  if (format) return format;
  throw new TsplayError('usage', `unknown format '${given}'`, { hint: `use ${FORMATS.join(', ')}` });
}

/** The report of a run as text. */
async function written(name: string | undefined, format: Format): Promise<string> {
  const { state, id } = chosenRun(name);
  const story = storyOf(state, id);
  const unseal = unsealing(state.seal);
  if (format === 'junit') return (await import('../../engine/report/junit.ts')).junitReport(story, unseal);
  const { directory } = invocationOf(openRun(state, id), state);
  const made = reportOf(story, unseal, (file) => sourceText(resolve(directory, file)));
  return render(made, format);
}

async function render(made: Report, format: Exclude<Format, 'junit'>): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../../engine/report/json.ts')).jsonReport(made);
    case 'html':
      return (await import('../../engine/report/html/html.ts')).htmlReport(made);
    case 'markdown':
      return (await import('../../engine/report/markdown.ts')).markdownReport(made);
  }
}

function sourceText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // The place is named all the same.
  }
}

/** A report tells of files of hosts, so it is the user's alone. */
function replace(file: string, text: string): void {
  try {
    replaceFile(file, text, { durable: false });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TsplayError('usage', `the report cannot be written: ${reason}`, { cause });
  }
}
