import type { Change } from '../../model/change.ts';
import type { Dict, Value } from '../../model/value.ts';
import { sh } from '../../remote/quote.ts';
import { defineModule } from '../define.ts';
import { runChange } from '../run-change.ts';
import type { Plan } from '../types.ts';
import { type AlternativesState, parseDisplay } from './state.ts';

interface AlternativeArgs {
  readonly name: string;
  readonly path: string;
  readonly link: string | null;
  readonly priority: number | null;
  readonly state: 'absent' | 'auto' | 'present' | 'selected';
  readonly subcommands: readonly Value[] | null;
}

export const alternatives = defineModule({
  name: 'alternatives',
  collection: 'community.general',
  summary: 'Choose between programs that do the same',
  args: {
    name: { type: 'str', required: true, doc: 'Name that stands for them: `editor`.' },
    path: { type: 'path', required: true, doc: 'The program.' },
    link: { type: 'path', doc: 'Link that leads to the chosen one.' },
    priority: { type: 'int', doc: 'Weight of the program where the choice is automatic.' },
    state: {
      type: 'str',
      choices: ['present', 'selected', 'absent', 'auto'],
      default: 'selected',
      doc: 'Whether it can be chosen, is chosen, or neither; `auto` leaves the choice to the weights.',
    },
    subcommands: {
      type: 'list',
      elements: 'dict',
      aliases: ['slaves'],
      doc: 'Links that change with it.',
      options: {
        name: { type: 'str', required: true, doc: 'Name.' },
        path: { type: 'path', required: true, doc: 'What it leads to.' },
        link: { type: 'path', required: true, doc: 'The link.' },
      },
    },
  },
  async inspect(host, { name }): Promise<AlternativesState & { readonly exists: boolean }> {
    const { stdout } =
      await host.query(sh`t=$(command -v update-alternatives || command -v alternatives) || exit 0; echo "$t"
for d in /var/lib/dpkg/alternatives /var/lib/alternatives; do [ ! -r "$d"/${name} ] || { sed -n 2p "$d"/${name}; break; }; done | grep . || echo
LC_ALL=C "$t" --display ${name} 2>/dev/null; :`);
    const [tool = '', link = '', ...rest] = stdout.toString('utf8').split('\n');
    return { ...parseDisplay(tool, rest.join('\n'), link || undefined), exists: rest.some((line) => line !== '') };
  },
  plan: planAlternative,
  examples: '- alternatives: {name: editor, path: /usr/bin/vim.basic}',
});

function planAlternative(args: AlternativeArgs, host: AlternativesState & { readonly exists: boolean }): Plan {
  const { name, path, state } = args;
  if (host.tool === '') return { changes: [], failed: 'Failed to find required executable "update-alternatives"' };
  const known = host.choices.find((choice) => choice.path === path);
  const changes: Change[] = [];
  if (state === 'absent') {
    if (known) changes.push(runChange(`remove ${path} from ${name}`, sh`${host.tool} --remove ${name} ${path}`));
    return { changes };
  }
  if (!known || differs(args, known)) {
    const link = args.link ?? host.link;
    if (link === undefined) {
      return {
        changes: [],
        failed: 'Needed to install the alternative, but unable to do so as we are missing the link',
      };
    }
    changes.push(install(args, host, link));
  }
  if (state === 'selected' && host.current !== path) {
    const undo = host.current === undefined ? {} : { undo: sh`${host.tool} --set ${name} ${host.current}` };
    const diff = { before: `${host.current ?? ''}\n`, after: `${path}\n` };
    changes.push(runChange(`choose ${path} for ${name}`, sh`${host.tool} --set ${name} ${path}`, { ...undo, diff }));
  }
  if (state === 'auto' && host.mode === 'manual') {
    changes.push(runChange(`leave the choice for ${name} to the weights`, sh`${host.tool} --auto ${name}`));
  }
  return { changes };
}

function differs(args: AlternativeArgs, known: AlternativesState['choices'][number]): boolean {
  if (args.priority !== null && args.priority !== known.priority) return true;
  const wanted = slavesOf(args);
  if (wanted === undefined) return false;
  return wanted.length !== known.slaves.size || wanted.some(({ name, path }) => known.slaves.get(name) !== path);
}

function slavesOf({ subcommands }: AlternativeArgs): { name: string; path: string; link: string }[] | undefined {
  return subcommands?.map((each) => {
    const part = (name: string) => String((each as Dict).get(name));
    return { name: part('name'), path: part('path'), link: part('link') };
  });
}

function install(args: AlternativeArgs, host: AlternativesState, link: string): Change {
  const known = host.choices.find((choice) => choice.path === args.path);
  const kept = [...(known?.slaves ?? [])].flatMap(([name, path]) => {
    const at = host.slaveLinks.get(name);
    return at === undefined ? [] : [{ name, path, link: at }];
  });
  const slaves = (slavesOf(args) ?? kept).flatMap((each) => ['--slave', each.link, each.name, each.path]);
  const priority = args.priority ?? known?.priority ?? 50;
  const script = sh`${host.tool} --install ${link} ${args.name} ${args.path} ${priority} ${slaves}`;
  const undo = sh`${host.tool} --remove ${args.name} ${args.path}`;
  return runChange(`offer ${args.path} for ${args.name}`, script, { undo });
}
