import { randomBytes } from 'node:crypto';
import type { Change } from '../../model/change.ts';
import { defineModule } from '../define.ts';
import { linesOf, readText, type TextFile, writeText } from '../text-file.ts';
import type { Plan } from '../types.ts';
import { hashedLine, isHashed, isHost, parseHostLine } from './entry.ts';

interface KnownHostsArgs {
  readonly name: string;
  readonly key: string | null;
  readonly path: string;
  readonly hash_host: boolean;
  readonly state: 'absent' | 'present';
}

interface KnownHostsState {
  readonly file: TextFile;
  readonly folderExists: boolean;
  /** For a hashed name; drawn here, so that the plan is the same whenever it is made. */
  readonly salt: Buffer;
}

export const knownHosts = defineModule({
  name: 'known_hosts',
  collection: 'ansible.builtin',
  summary: "Manage the host keys of an account's known_hosts",
  args: {
    name: { type: 'str', required: true, aliases: ['host'], doc: 'The host, as the key names it.' },
    key: { type: 'str', doc: 'The line for known_hosts: host, type, key.' },
    path: { type: 'path', default: '~/.ssh/known_hosts', doc: 'The file.' },
    hash_host: { type: 'bool', default: false, doc: "Keep the host's name as a hash." },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether the key is there.' },
  },
  async inspect(host, { path }): Promise<KnownHostsState> {
    const folder = path.slice(0, path.lastIndexOf('/')) || '/';
    const [file, state] = await Promise.all([readText(host, path), host.stat(folder)]);
    return { file, folderExists: state !== undefined, salt: randomBytes(20) };
  },
  plan: planKnownHosts,
  examples: `- known_hosts:
    name: git.example.com
    key: git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFOnqbRR/oQYepnIV/kt3lq5D/KbBjTYk32AlFySScMu`,
});

function planKnownHosts(args: KnownHostsArgs, { file, folderExists, salt }: KnownHostsState): Plan {
  const { name, key, path, state } = args;
  const shown = { name, key, path, state, hash_host: args.hash_host };
  if (state === 'present' && key === null) {
    return { changes: [], failed: 'No key specified when adding a host', result: shown };
  }
  const wanted =
    key === null
      ? undefined
      : linesOf(key.trim())
          .map(parseHostLine)
          .find((line) => line !== undefined);
  if (key !== null && (!wanted || !isHost(wanted, name))) {
    return { changes: [], failed: 'Host parameter does not match hashed host field in supplied key', result: shown };
  }
  const lines = linesOf(file.text);
  const isTheirs = (line: string) => {
    const found = parseHostLine(line);
    if (!found || !isHost(found, name)) return false;
    return !wanted || (found.type === wanted.type && (state === 'absent' ? found.key === wanted.key : true));
  };
  const own = lines.filter(isTheirs);
  if (state === 'absent') {
    const kept = lines.filter((line) => !isTheirs(line));
    return { changes: own.length ? [writeText(file, text(kept))] : [], result: shown };
  }
  const there = own.length === 1 && parseHostLine(own[0]!)!;
  if (
    there &&
    there.key === wanted!.key &&
    there.marker === wanted!.marker &&
    isHashed(there) === (args.hash_host || isHashed(wanted!))
  ) {
    return { changes: [], result: shown };
  }
  const line = args.hash_host && !isHashed(wanted!) ? hashedLine(wanted!, name, salt) : key!.trim();
  const changes: Change[] = [];
  const folder = path.slice(0, path.lastIndexOf('/')) || '/';
  if (!folderExists) {
    changes.push({ kind: 'directory', summary: `make folder ${folder}`, path: folder, attributes: { mode: 0o700 } });
  }
  changes.push(writeText(file, text([...lines.filter((one) => !isTheirs(one)), line])));
  return { changes, result: shown };
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
