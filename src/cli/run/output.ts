import { TsplayError } from '../../engine/model/errors.ts';
import type { Emit } from '../../engine/model/event.ts';
import type { Sink } from '../../engine/output/sink.ts';
import type { Settings } from './settings.ts';

/** The process's own streams. */
export function processSink(): Sink {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  };
}

/** Who shows the events: by --output, else by where the output goes. */
export async function chooseOutput(format: string | undefined, settings: Settings): Promise<Emit> {
  const sink = processSink();
  const { verbosity, diffMode: diff } = settings;
  switch (format ?? (process.stdout.isTTY ? 'terminal' : 'ansible')) {
    case 'terminal':
    case 'ansible':
    case 'default': {
      const { AnsibleOutput } = await import('../../engine/output/ansible/callback.ts');
      const output = new AnsibleOutput(sink, { verbosity, diff });
      return (event) => output.handle(event);
    }
    case 'json':
    case 'ndjson': {
      const { JsonOutput } = await import('../../engine/output/json.ts');
      const output = new JsonOutput(sink, { lines: format === 'ndjson' });
      return (event) => output.handle(event);
    }
    default:
      throw new TsplayError('usage', `unknown output format '${format}'`, {
        hint: 'use terminal, ansible, json or ndjson',
      });
  }
}
