import { readFileSync } from 'node:fs';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Event } from '../../engine/model/event.ts';
import type { CallbackOptions } from '../../engine/output/ansible/options.ts';
import type { Live, Sink } from '../../engine/output/sink.ts';
import { isVaulted } from '../../engine/vault/envelope.ts';
import { colorLevel } from './colors.ts';
import { extraOutputs } from './extra-outputs.ts';
import { paletteOf } from './palette.ts';
import type { Settings } from './settings.ts';
import { callbackForm } from './stdout-callback.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where events go, and how to end it early. */
export interface Output {
  handle(event: Event): void;
  /** Does something that uses the terminal itself, a question, while nothing is drawn. */
  aside<T>(work: () => Promise<T>): Promise<T>;
  /** The run is over, or broken off: leaves the terminal as it was. May be called at any time, and more than once. */
  close(): void;
}

const FORMATS = ['terminal', 'ansible', 'json', 'ndjson', 'junit'] as const;

/** The process's own streams. */
export function processSink(env: Env = process.env): Sink {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    get columns() {
      return process.stdout.isTTY ? process.stdout.columns : undefined;
    },
    get rows() {
      return process.stdout.isTTY ? process.stdout.rows : undefined;
    },
    colors: colorLevel(process.stdout, env),
    unicode: writesUnicode(env),
  };
}

export interface Wanted {
  /** What --output says. */
  readonly format: string | undefined;
  readonly settings: Pick<Settings, 'verbosity' | 'diffMode'>;
  /** Hides the secrets that are known by now. */
  readonly conceal: (text: string) => string;
  readonly env: Env;
  /** The ansible.cfg that was read. */
  readonly configFile: string | undefined;
}

/** Who shows the events: by --output, else by the stdout callback that is set, else by where the output goes. */
export async function chooseOutput(wanted: Wanted): Promise<Output> {
  const sink = processSink(wanted.env);
  const output = await mainOutput(wanted, sink);
  const warn = (message: string) => output.handle({ type: 'warning', message });
  const extras = wanted.format === undefined ? extraOutputs(wanted.env, sink, warn) : [];
  if (extras.length === 0) return output;
  return {
    ...output,
    aside: (work) => output.aside(work),
    close: () => output.close(),
    handle(event) {
      output.handle(event);
      for (const extra of extras) extra.handle(event);
    },
  };
}

async function mainOutput({ format, settings, conceal, env, configFile }: Wanted, sink: Sink): Promise<Output> {
  switch (format ?? (process.stdout.isTTY && !env['ANSIBLE_STDOUT_CALLBACK'] ? 'terminal' : 'callback')) {
    case 'terminal': {
      const { TerminalOutput } = await import('../../engine/output/terminal/terminal.ts');
      return new TerminalOutput(sink, {
        verbosity: settings.verbosity,
        directory: process.cwd(),
        readSource: (file) => sourceText(file, conceal),
        live: isLive(env) ? await spinner() : undefined,
      });
    }
    case 'callback':
      return callbackOutput(env['ANSIBLE_STDOUT_CALLBACK'] || 'default', { settings, env, configFile }, sink);
    case 'ansible':
    case 'default':
      return callbackOutput('default', { settings, env, configFile }, sink);
    case 'json':
    case 'ndjson': {
      const { JsonOutput } = await import('../../engine/output/json.ts');
      return handledBy(new JsonOutput(sink, { lines: format === 'ndjson' }));
    }
    case 'junit': {
      const { JunitOutput } = await import('../../engine/output/junit.ts');
      return handledBy(new JunitOutput(sink));
    }
    default:
      throw new TsplayError('usage', `unknown output format '${format}'`, { hint: `use ${FORMATS.join(', ')}` });
  }
}

/** The output in the form of one of Ansible's stdout callbacks; of one that is not known in the default's. */
export async function callbackOutput(
  name: string,
  { settings, env, configFile }: Pick<Wanted, 'settings' | 'env' | 'configFile'>,
  sink: Sink,
): Promise<Output> {
  const { AnsibleOutput } = await import('../../engine/output/ansible/callback.ts');
  const options = { ...callbackOptions(settings, env, (sink.colors ?? 0) > 0), configFile };
  const known = callbackForm(name);
  switch (known?.form) {
    case 'minimal':
    case 'oneline': {
      const { MinimalOutput } = await import('../../engine/output/ansible/minimal.ts');
      return handledBy(new MinimalOutput(sink, { ...options, oneLine: known.form === 'oneline' }));
    }
    case 'json': {
      const { JsonReport } = await import('../../engine/output/ansible/json-report.ts');
      return handledBy(new JsonReport(sink));
    }
    case 'nothing':
      return onlyHandle(() => {});
    default: {
      const output = handledBy(new AnsibleOutput(sink, { ...options, ...known?.options }));
      const message = `the stdout callback '${name}' is not built in; the output is the default's`;
      if (!known) output.handle({ type: 'warning', message });
      return output;
    }
  }
}

function handledBy(output: { handle(event: Event): void }): Output {
  return onlyHandle((event) => output.handle(event));
}

/** An output that draws nothing, so nothing is to be taken away. */
export function onlyHandle(handle: (event: Event) => void): Output {
  return { handle, aside: (work) => work(), close: () => {} };
}

/** The settings of Ansible's default callback, by its environment variables. */
export function callbackOptions(
  { verbosity, diffMode }: Pick<Settings, 'verbosity' | 'diffMode'>,
  env: Env,
  colors: boolean,
): CallbackOptions {
  const on = (name: string, fallback: boolean) => isTrue(env[name]) ?? fallback;
  return {
    verbosity,
    diff: diffMode,
    directory: process.cwd(),
    showOk: on('ANSIBLE_DISPLAY_OK_HOSTS', true),
    showSkipped: on('ANSIBLE_DISPLAY_SKIPPED_HOSTS', true),
    failedToStderr: on('ANSIBLE_DISPLAY_FAILED_STDERR', false),
    checkMarkers: on('ANSIBLE_CHECK_MODE_MARKERS', false),
    customStats: on('ANSIBLE_SHOW_CUSTOM_STATS', false),
    perHostStart: on('ANSIBLE_SHOW_PER_HOST_START', false),
    showDeprecations: on('ANSIBLE_DEPRECATION_WARNINGS', true),
    diffContext: Number(env['ANSIBLE_DIFF_CONTEXT'] || 3),
    palette: paletteOf(env),
    pathOnFailure: on('ANSIBLE_SHOW_TASK_PATH_ON_FAILURE', false),
    format: env['ANSIBLE_CALLBACK_RESULT_FORMAT'] === 'yaml' ? 'yaml' : 'json',
    pretty: isTrue(env['ANSIBLE_CALLBACK_FORMAT_PRETTY']),
    colors,
    // Who names Ansible's callback gets its lines and no other.
    positions: !env['ANSIBLE_STDOUT_CALLBACK'],
  };
}

/** A terminal that cannot move its cursor or has no size shows no spinner, nor does one that keeps a log. */
function isLive(env: Env): boolean {
  const { stdout, stderr } = process;
  return stdout.isTTY && stderr.isTTY && stderr.columns > 0 && env['TERM'] !== 'dumb' && !isTrue(env['CI']);
}

async function spinner(): Promise<Live> {
  const { SpinnerLines } = await import('./spinner.ts');
  return new SpinnerLines();
}

function writesUnicode(env: Env): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  return env['TERM'] !== 'linux' && (locale === undefined || /utf-?8/i.test(locale));
}

function sourceText(file: string, conceal: (text: string) => string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return isVaulted(text) ? undefined : conceal(text);
  } catch {
    return undefined; // The place is named all the same.
  }
}

function isTrue(text: string | undefined): boolean | undefined {
  return text === undefined || text === '' ? undefined : /^(1|true|yes|on|y|t)$/i.test(text);
}
