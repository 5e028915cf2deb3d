import type { Change } from '../model/change.ts';
import { sh } from '../remote/quote.ts';
import type { HostView } from '../remote/types.ts';
import { defineModule } from './define.ts';
import { failedChange, runChange, textOf } from './run-change.ts';
import { linesOf, readText, type TextFile, writeText } from './text-file.ts';
import type { Plan } from './types.ts';

interface ModprobeArgs {
  readonly name: string;
  readonly state: 'absent' | 'present';
  readonly params: string;
  readonly persistent: 'absent' | 'disabled' | 'present';
}

interface ModprobeState {
  readonly loaded: boolean;
  /** Files of modules-load.d and of modprobe.d that name the module, and the one of its own. */
  readonly loads: readonly TextFile[];
  readonly options: readonly TextFile[];
  /** Of the two folders, those that are not there. */
  readonly missing: readonly string[];
}

const loadFolder = '/etc/modules-load.d';
const optionFolder = '/etc/modprobe.d';

export const modprobe = defineModule({
  name: 'modprobe',
  collection: 'community.general',
  summary: 'Load and unload kernel modules',
  args: {
    name: { type: 'str', required: true, doc: 'The module.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether it is loaded.' },
    params: { type: 'str', default: '', doc: 'Its parameters, with blanks between.' },
    persistent: {
      type: 'str',
      choices: ['disabled', 'present', 'absent'],
      default: 'disabled',
      doc: 'Whether it is loaded at boot; `disabled` leaves that alone.',
    },
  },
  inspect: inspectModule,
  plan: planModule,
  report(args, before, outcomes) {
    const failure = failedChange(planModule(args, before).changes, outcomes);
    if (!failure) return {};
    const { rc, stdout, stderr } = failure.outcome;
    return { failed: textOf(stderr), result: { rc, stdout: textOf(stdout), stderr: textOf(stderr) } };
  },
  examples: `- modprobe:
    name: br_netfilter
    persistent: present`,
});

async function inspectModule(host: HostView, { name, persistent }: ModprobeArgs): Promise<ModprobeState> {
  const kernelName = name.replaceAll('-', '_');
  const look = sh`while read -r m _; do [ "$m" != ${kernelName} ] || { echo loaded; break; }; done </proc/modules
f=/lib/modules/$(uname -r)/modules.builtin; [ ! -r "$f" ] || grep -q -e ${`/${name}.ko`} -e ${`/${kernelName}.ko`} "$f" && echo loaded
[ -z ${persistent === 'disabled' ? '' : 'y'} ] || grep -s -l -w -e ${name} ${loadFolder}/* ${optionFolder}/*
for d in ${loadFolder} ${optionFolder}; do [ -d "$d" ] || printf 'missing %s\n' "$d"; done`;
  const [{ stdout }, ownLoad, ownOptions] = await Promise.all([
    host.query(look),
    readText(host, `${loadFolder}/${name}.conf`),
    readText(host, `${optionFolder}/${name}.conf`),
  ]);
  const found = linesOf(stdout.toString('utf8'));
  const others = found.filter((path) => path.startsWith('/') && path !== ownLoad.path && path !== ownOptions.path);
  const files = await Promise.all(others.map((path) => readText(host, path)));
  return {
    loaded: found.includes('loaded'),
    loads: [ownLoad, ...files.filter(({ path }) => path.startsWith(`${loadFolder}/`))],
    missing: [loadFolder, optionFolder].filter((folder) => found.includes(`missing ${folder}`)),
    options: [ownOptions, ...files.filter(({ path }) => path.startsWith(`${optionFolder}/`))],
  };
}

function planModule(args: ModprobeArgs, { loaded, loads, options, missing }: ModprobeState): Plan {
  const { name, state, params } = args;
  const words = params.split(/\s+/).filter((word) => word !== '');
  const load = sh`modprobe -- ${name} ${words}`;
  const unload = sh`modprobe -r -- ${name}`;
  const changes: Change[] = [];
  if (state === 'present' && !loaded) changes.push(runChange(`load kernel module ${name}`, load, { undo: unload }));
  if (state === 'absent' && loaded) changes.push(runChange(`unload kernel module ${name}`, unload, { undo: load }));
  if (args.persistent === 'present') changes.push(...withFolders(keepLoaded(name, words, loads, options), missing));
  if (args.persistent === 'absent') {
    changes.push(
      ...commentOut(loads, (line) => isLoad(line, name)),
      ...commentOut(options, (line) => isOption(line, name)),
    );
  }
  return { changes, result: { name, params, state } };
}

/** The changes, with folders that the files need before them. */
function withFolders(changes: readonly Change[], missing: readonly string[]): Change[] {
  const needed = missing.filter((folder) =>
    changes.some((one) => one.kind === 'write' && one.path.startsWith(`${folder}/`)),
  );
  const folders = needed.map(
    (path): Change => ({ kind: 'directory', summary: `make folder ${path}`, path, attributes: { mode: 0o755 } }),
  );
  return [...folders, ...changes];
}

function isLoad(line: string, name: string): boolean {
  return line.replace(/[#;].*$/, '').trim() === name;
}

function isOption(line: string, name: string): boolean {
  const [word, of, ...values] = line
    .replace(/[#;].*$/, '')
    .trim()
    .split(/\s+/);
  return word === 'options' && of === name && values.length > 0;
}

function optionsOf(line: string): string[] {
  return line
    .replace(/[#;].*$/, '')
    .trim()
    .split(/\s+/)
    .slice(2);
}

function keepLoaded(
  name: string,
  words: readonly string[],
  loads: readonly TextFile[],
  options: readonly TextFile[],
): Change[] {
  const changes: Change[] = [];
  if (!loads.some(({ text }) => linesOf(text).some((line) => isLoad(line, name))))
    changes.push(writeText(loads[0]!, `${name}\n`));
  const set = new Set(
    options.flatMap(({ text }) =>
      linesOf(text)
        .filter((line) => isOption(line, name))
        .flatMap(optionsOf),
    ),
  );
  if (set.size === words.length && words.every((word) => set.has(word))) return changes;
  const [own, ...others] = options;
  changes.push(...commentOut(others, (line) => isOption(line, name)));
  changes.push(writeText(own!, words.map((word) => `options ${name} ${word}\n`).join('')));
  return changes;
}

function commentOut(files: readonly TextFile[], matches: (line: string) => boolean): Change[] {
  return files
    .filter(({ text }) => linesOf(text).some(matches))
    .map((file) =>
      writeText(
        file,
        linesOf(file.text)
          .map((line) => `${matches(line) ? '#' : ''}${line}\n`)
          .join(''),
      ),
    );
}
