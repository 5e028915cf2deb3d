import type { Value } from '../model/value.ts';
import { sh } from '../remote/quote.ts';
import { defineModule } from './define.ts';
import { runChange } from './run-change.ts';
import { linesOf } from './text-file.ts';
import type { Plan } from './types.ts';

interface AclArgs {
  readonly path: string;
  readonly state: 'absent' | 'present' | 'query';
  readonly entry: string | null;
  readonly entity: string;
  readonly etype: string | null;
  readonly permissions: string | null;
  readonly follow: boolean;
  readonly default: boolean;
  readonly recursive: boolean;
  readonly recalculate_mask: 'default' | 'mask' | 'no_mask';
}

export const acl = defineModule({
  name: 'acl',
  collection: 'ansible.posix',
  summary: 'Manage access lists of files',
  args: {
    path: { type: 'path', required: true, aliases: ['name'], doc: 'The file or folder.' },
    state: {
      type: 'str',
      choices: ['absent', 'present', 'query'],
      default: 'query',
      doc: 'Whether the entry is there; `query` only tells what is.',
    },
    entry: { type: 'str', doc: 'The entry as setfacl takes it: `user:joe:rwx`.' },
    entity: { type: 'str', default: '', doc: 'User or group.' },
    etype: { type: 'str', choices: ['group', 'mask', 'other', 'user'], doc: 'Kind of the entry.' },
    permissions: { type: 'str', doc: 'What is allowed: `rwx`.' },
    follow: { type: 'bool', default: true, doc: 'Follow a link.' },
    default: { type: 'bool', default: false, doc: 'For what is made in the folder.' },
    recursive: { type: 'bool', default: false, aliases: ['recurse'], doc: 'Everything below too.' },
    recalculate_mask: { type: 'str', choices: ['default', 'mask', 'no_mask'], default: 'default', doc: 'The mask.' },
    use_nfsv4_acls: { type: 'bool', default: false, doc: 'Not supported.' },
  },
  async inspect(host, args) {
    if (problemOf(args) !== undefined) return { there: true, tools: true, current: [], differs: false };
    const test =
      args.state === 'query' ? sh`:` : sh`setfacl --test ${setWords(args)} 2>&1 | grep -qv '\*,\*$' && echo differs`;
    const { stdout } = await host.query(sh`command -v setfacl >/dev/null || { echo none; exit 0; }
[ -e ${args.path} ] || { echo missing; exit 0; }
getfacl --omit-header --absolute-names ${args.default ? ['-d'] : []} ${args.recursive ? ['-R'] : []} -- ${args.path} 2>/dev/null; printf '\036\n'; ${test}; :`);
    const [shown = '', differs = ''] = stdout.toString('utf8').split('\x1e\n');
    const current = linesOf(shown).filter((line) => line !== '' && !line.startsWith('#'));
    return {
      there: shown.trim() !== 'missing',
      tools: shown.trim() !== 'none',
      current,
      differs: differs.trim() === 'differs',
    };
  },
  plan(args, { there, tools, current, differs }): Plan {
    const problem = problemOf(args);
    if (problem !== undefined) return { changes: [], failed: problem };
    if (!tools) return { changes: [], failed: 'Failed to find required executable "setfacl" in paths' };
    if (!there) return { changes: [], failed: 'Path not found or not accessible.' };
    const list: Value[] = [...current];
    if (args.state === 'query') return { changes: [], result: { msg: 'current acl', acl: list } };
    const { text } = entryOf(args);
    const msg = `${text} is ${args.state}`;
    if (!differs) return { changes: [], result: { msg, acl: list } };
    const verb = args.state === 'present' ? 'set' : 'remove';
    return {
      changes: [runChange(`${verb} ${text} on ${args.path}`, sh`setfacl ${setWords(args)}`)],
      result: { msg, acl: list },
    };
  },
  examples: '- acl: {path: /srv/data, entity: joe, etype: user, permissions: rx, state: present}',
});

const kinds: Readonly<Record<string, string>> = { u: 'user', g: 'group', m: 'mask', o: 'other' };

/** The entry as setfacl takes it; one to be removed has no permissions. */
function entryOf(args: AclArgs): { text: string; isDefault: boolean } {
  const parts = args.entry === null ? [args.etype ?? '', args.entity, args.permissions ?? ''] : args.entry.split(':');
  const isDefault = args.entry !== null && /^d/i.test(parts[0]!) ? parts.shift() !== undefined : args.default;
  const [kind = '', entity = '', permissions = ''] = parts;
  const word = kinds[kind.charAt(0).toLowerCase()] ?? kind;
  const withPermissions = args.state === 'present' && permissions !== '' ? [permissions] : [];
  return { text: [word, entity, ...withPermissions].join(':'), isDefault };
}

function setWords(args: AclArgs): string[] {
  const { text, isDefault } = entryOf(args);
  const mask = args.recalculate_mask === 'mask' ? ['--mask'] : args.recalculate_mask === 'no_mask' ? ['--no-mask'] : [];
  return [
    ...(isDefault ? ['-d'] : []),
    ...(args.state === 'present' ? ['-m', text] : ['-x', text]),
    ...(args.recursive ? ['--recursive'] : []),
    ...mask,
    ...(args.follow ? [] : ['--physical']),
    '--',
    args.path,
  ];
}

function problemOf({
  state,
  entry,
  entity,
  etype,
  permissions,
  recursive,
  recalculate_mask: mask,
}: AclArgs): string | undefined {
  if (state === 'query') {
    if (recursive) return "'recursive' MUST NOT be set when 'state=query'.";
    if (mask !== 'default') return "'recalculate_mask' MUST NOT be set to 'mask' or 'no_mask' when 'state=query'.";
    return entry === null ? undefined : "'entry' MUST NOT be set when 'state=query'.";
  }
  if (entry === null) {
    if (state === 'absent' && permissions !== null) return "'permissions' MUST NOT be set when 'state=absent'.";
    if (state === 'absent' && entity === '') return "'entity' MUST be set when 'state=absent'.";
    return etype === null ? `'etype' MUST be set when 'state=${state}'.` : undefined;
  }
  if (etype !== null || entity !== '' || permissions !== null)
    return "'entry' MUST NOT be set when 'entity', 'etype' or 'permissions' are set.";
  const colons = entry.split(':').length - 1;
  if (state === 'present' && ![2, 3].includes(colons))
    return "'entry' MUST have 3 or 4 sections divided by ':' when 'state=present'.";
  if (state === 'absent' && ![1, 2].includes(colons))
    return "'entry' MUST have 2 or 3 sections divided by ':' when 'state=absent'.";
  return undefined;
}
