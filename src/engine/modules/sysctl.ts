import type { Change } from '../model/change.ts';
import type { Script } from '../model/script.ts';
import { sh } from '../remote/quote.ts';
import { wordTruth } from './args/convert.ts';
import { defineModule } from './define.ts';
import { failedChange, runChange, textOf } from './run-change.ts';
import { linesOf, readText, type TextFile, writeText } from './text-file.ts';
import type { Plan } from './types.ts';

interface SysctlArgs {
  readonly name: string;
  readonly value: string | null;
  readonly state: 'absent' | 'present';
  readonly reload: boolean;
  readonly sysctl_set: boolean;
  readonly ignoreerrors: boolean;
  readonly sysctl_file: string;
}

interface SysctlState {
  readonly file: TextFile;
  /** What the kernel has; undefined if it does not know the name. */
  readonly current: string | undefined;
}

export const sysctl = defineModule({
  name: 'sysctl',
  collection: 'ansible.posix',
  summary: 'Manage kernel parameters',
  args: {
    name: { type: 'str', required: true, aliases: ['key'], doc: 'The parameter: `net.ipv4.ip_forward`.' },
    value: { type: 'str', aliases: ['val'], doc: 'Its value.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether the file names it.' },
    reload: { type: 'bool', default: true, doc: 'Apply the file when something changed.' },
    sysctl_set: { type: 'bool', default: false, doc: 'Set the value in the kernel too.' },
    ignoreerrors: { type: 'bool', default: false, doc: 'Do not mind parameters that the kernel does not know.' },
    sysctl_file: { type: 'path', default: '/etc/sysctl.conf', doc: 'The file.' },
  },
  rules: { requiredIf: [['state', 'present', ['value']]] },
  async inspect(host, args): Promise<SysctlState> {
    const proc = `/proc/sys/${procPath(args.name.trim())}`;
    const [file, kernel] = await Promise.all([
      readText(host, args.sysctl_file),
      host.query(
        sh`v=$(sysctl -n ${args.name.trim()} 2>/dev/null || cat -- ${proc} 2>/dev/null) && printf '%s
' "$v"`,
      ),
    ]);
    return { file, current: kernel.rc === 0 ? kernel.stdout.toString('utf8') : undefined };
  },
  plan: planSysctl,
  report(args, before, outcomes) {
    const { changes } = planSysctl(args, before);
    const failure = failedChange(changes, outcomes);
    if (failure) {
      const output = textOf(failure.outcome.stdout) + textOf(failure.outcome.stderr);
      const reload = failure.change.summary.startsWith('sysctl -p');
      return { failed: reload ? `Failed to reload sysctl: ${output}` : `setting ${args.name} failed: ${output}` };
    }
    return {};
  },
  examples: `- sysctl:
    name: net.ipv4.ip_forward
    value: '1'
    sysctl_set: true
    sysctl_file: /etc/sysctl.d/90-node.conf`,
});

/** Dots and slashes stand for each other: `net.ipv4.conf.eth0/100.rp_filter`. */
function procPath(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  return first === '/' ? name : name.replace(/[./]/g, (found) => (found === '.' ? '/' : '.'));
}

function planSysctl(args: SysctlArgs, { file, current }: SysctlState): Plan {
  const name = args.name.trim();
  const value = kernelValue(args.value);
  const present = args.state === 'present';
  if (name === '') return { changes: [], failed: 'name cannot be blank' };
  if (present && value === '') return { changes: [], failed: 'value cannot be blank' };
  const inFile = fileValues(file.text).get(name);
  const inKernel = current !== undefined && sameWords(current, value);
  const changes: Change[] = [];
  if (present && args.sysctl_set && current !== undefined && !inKernel)
    changes.push(setValue(args, name, value, current));
  const rewrite = present ? inFile !== value : inFile !== undefined;
  if (rewrite) changes.push(writeText(file, withValue(file.text, name, present ? value : undefined)));
  const unknown = current === undefined && args.ignoreerrors; // a reload would not help
  const differs = present && !inKernel && !unknown && (args.reload || args.sysctl_set) && !rewrite;
  const changed = changes.length > 0 || differs;
  if (changed && args.reload) changes.push(reload(args, name, current));
  return { changes, changed };
}

/** Words for true and false are 1 and 0 to the kernel. */
function kernelValue(value: string | null): string {
  if (value === null) return '';
  const truth = wordTruth(value);
  return truth === undefined ? value.trim() : truth ? '1' : '0';
}

function sameWords(a: string, b: string): boolean {
  return a.trim().split(/\s+/).join(' ') === b.trim().split(/\s+/).join(' ');
}

function setValue(args: SysctlArgs, name: string, value: string, current: string): Change {
  const options = args.ignoreerrors ? ['-e'] : [];
  // sysctl may end well although the kernel refused
  const script = sh`output=$(LC_ALL=C sysctl ${options} -w ${`${name}=${value}`} 2>&1); rc=$?; printf '%s\n' "$output"
case $output in *': Invalid argument'*|*': Read-only file system'*) exit 1;; esac; exit $rc`;
  return runChange(`sysctl ${name}=${value}`, script, {
    undo: restore(name, current),
    diff: { before: `${name}=${current.trim()}\n`, after: `${name}=${value}\n` },
  });
}

function restore(name: string, value: string): Script {
  return sh`sysctl -w ${`${name}=${value.trim()}`}`;
}

function reload({ ignoreerrors, sysctl_file }: SysctlArgs, name: string, current: string | undefined): Change {
  const options = ignoreerrors ? ['-e'] : [];
  const script = sh`output=$(LC_ALL=C sysctl ${options} -p ${sysctl_file} 2>&1); rc=$?; printf '%s\n' "$output"
case $output in *': Invalid argument'*|*': Read-only file system'*) exit 1;; esac; exit $rc`;
  const undo = current === undefined ? sh`:` : restore(name, current);
  return runChange(`sysctl -p ${sysctl_file}`, script, { undo });
}

function isSetting(line: string): boolean {
  return line !== '' && !/^[#;]/.test(line) && line.includes('=');
}

function splitSetting(line: string): [name: string, value: string] {
  const at = line.indexOf('=');
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

/** The last value of each name. */
function fileValues(text: string): Map<string, string> {
  return new Map(
    linesOf(text)
      .map((line) => line.trim())
      .filter(isSetting)
      .map(splitSetting),
  );
}

/** The text with the name's value; each name once, comments and empty lines kept. Undefined leaves the name out. */
function withValue(text: string, name: string, value: string | undefined): string {
  const seen = new Set<string>();
  const result: string[] = [];
  for (const line of linesOf(text).map((one) => one.trim())) {
    if (!isSetting(line)) {
      result.push(line);
      continue;
    }
    const [key, old] = splitSetting(line);
    if (seen.has(key)) continue;
    seen.add(key);
    if (key !== name) result.push(`${key}=${old}`);
    else if (value !== undefined) result.push(`${key}=${value}`);
  }
  if (!seen.has(name) && value !== undefined) result.push(`${name}=${value}`);
  return result.map((line) => `${line}\n`).join('');
}
