import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Dict, Value } from '../../../model/value.ts';
import { dumpJson } from '../../../template/filters/json/dump.ts';
import { failSource, type SourceContext, topOf } from '../source.ts';

const run = promisify(execFile);
const MAX_OUTPUT = 256 * 1024 * 1024;

export interface Backend {
  /** `s3`, `http`, `cloud`, ... */
  readonly type: string;
  readonly config: Dict;
  /** Files with more of its configuration. */
  readonly files: readonly string[];
}

/** The state of a backend, fetched by Terraform in a folder of its own. Throws TsplayError. */
export async function pullState(context: SourceContext, program: string, backend: Backend): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-terraform-'));
  try {
    // A file, because arguments of a process can be listed by anybody.
    writeFileSync(join(folder, 'main.tf.json'), dumpJson(configuration(backend)), { mode: 0o600 });
    const files = backend.files.map((file) => `-backend-config=${resolve(file)}`);
    await terraform(context, program, folder, ['init', '-input=false', '-no-color', ...files]);
    return await terraform(context, program, folder, ['state', 'pull']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `terraform show -json` prints in a project's folder. Throws TsplayError. */
export function showState(
  context: SourceContext,
  program: string,
  folder: string,
  file: string | undefined,
): Promise<string> {
  return terraform(context, program, folder, ['show', '-json', ...(file === undefined ? [] : [file])]);
}

function configuration({ type, config }: Backend): Value {
  const inner: Dict =
    type === 'cloud' ? new Map([['cloud', config]]) : new Map([['backend', new Map([[type, config]])]]);
  return new Map([['terraform', inner]]);
}

async function terraform(context: SourceContext, program: string, cwd: string, args: string[]): Promise<string> {
  try {
    const env = { ...process.env, TF_IN_AUTOMATION: '1' };
    const running = run(program, args, { cwd, env, maxBuffer: MAX_OUTPUT });
    // It may ask for what its configuration lacks, and nobody answers here.
    running.child.stdin?.end();
    return (await running).stdout;
  } catch (cause) {
    const { stderr = '', message, code } = cause as Error & { stderr?: string; code?: string | number };
    if (code === 'ENOENT') {
      failSource(
        `the program ${program} was not found`,
        topOf(context),
        'install Terraform, or name it in binary_path',
      );
    }
    failSource(`${program} ${args[0]} failed: ${stderr.trim() || message}`, topOf(context));
  }
}
