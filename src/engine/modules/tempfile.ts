import { randomBytes } from 'node:crypto';
import { sh } from '../remote/quote.ts';
import { defineModule } from './define.ts';

export const tempfile = defineModule({
  name: 'tempfile',
  collection: 'ansible.builtin',
  summary: 'Make a temporary file or folder',
  args: {
    state: { type: 'str', default: 'file', choices: ['file', 'directory'], doc: 'What to make.' },
    path: { type: 'path', doc: 'Folder to make it in, instead of the usual one.' },
    prefix: { type: 'str', default: 'ansible.', doc: 'Start of its name.' },
    suffix: { type: 'str', default: '', doc: 'End of its name.' },
  },
  prepare(_controller, { prefix, suffix }) {
    return `${prefix}${randomBytes(6).toString('hex')}${suffix}`;
  },
  plan({ state, path }, _before, name) {
    // Names are drawn here; the host makes it only if nothing has that name, and nobody else may look into it.
    const folder = sh`d=${path ?? ''}; [ -n "$d" ] || d=$TMPDIR; [ -n "$d" ] || d=/tmp`;
    const make = state === 'directory' ? sh`mkdir -- "$p"` : sh`( set -C; : >"$p" )`;
    const who = sh`id -u && id -un && id -g && id -gn`;
    return {
      changes: [
        {
          kind: 'run',
          summary: `make a temporary ${state}`,
          script: sh`( umask 077; ${folder}; p="$d"/${name}; ${make} && printf '%s\n' "$p" && ${who} )`,
          effect: 'known',
        },
      ],
    };
  },
  report({ state }, _before, [outcome]) {
    if (outcome?.rc !== 0) return {};
    const [path = '', uid, owner = '', gid, group = ''] = outcome.stdout.toString().split('\n');
    const mode = state === 'directory' ? '0700' : '0600';
    return { result: { path, state, size: 0, mode, uid: Number(uid), owner, gid: Number(gid), group } };
  },
  examples: '- tempfile: {state: directory, suffix: build}\n  register: folder',
});
