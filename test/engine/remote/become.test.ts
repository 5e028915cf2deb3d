import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openConnection } from '../../../src/engine/remote/open.ts';
import { sh } from '../../../src/engine/remote/quote.ts';
import { becomeLine } from '../../../src/engine/remote/shell/become.ts';
import type { BecomeSettings, Connection } from '../../../src/engine/remote/types.ts';
import { LOCAL } from './local-settings.ts';

/** A sudo that changes no user: asks as it is told to, or by its own prompt, or not at all. */
const SUDO = `#!/bin/sh
mode=$(cat "\${0%/*}/mode"); prompt= ask=yes
while :; do case $1 in
  -p) prompt=$2; shift 2 ;;
  -u) user=$2; shift 2 ;;
  -n) ask=; shift ;;
  -*) shift ;;
  *) break ;;
esac; done
export BECAME="$user"
if [ "$mode" = free ]; then exec "$@"; fi
if [ -z "$ask" ]; then echo 'sudo: a password is required' >&2; exit 1; fi
if [ "$mode" = own ]; then prompt='Passwort eingeben> '; echo 'A lecture.' >&2; fi
for try in 1 2 3; do
  printf %s "$prompt" >&2
  IFS= read -r password || exit 1
  if [ "$password" = "it's right" ]; then exec "$@"; fi
  [ "$mode" = own ] || echo 'Sorry, try again.' >&2
done
exit 1
`;

let folder: string;
let connection: Connection;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'become-'));
  writeFileSync(join(folder, 'sudo'), SUDO);
  chmodSync(join(folder, 'sudo'), 0o755);
  connection = await openConnection(LOCAL);
});

afterAll(async () => {
  await connection.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(mode: string, password: string | undefined, user: string): Promise<string> {
  writeFileSync(join(folder, 'mode'), mode);
  const session = connection.session({ become: { method: 'sudo', exe: join(folder, 'sudo'), user, password } });
  return (await session.view.query(sh`echo "$BECAME"`)).stdout.toString();
}

describe('sudo', () => {
  // Users differ, since the shell of a user is kept.
  test.each([
    ['needs no password', 'free', undefined, 'a'],
    ['needs none though one is given: it is not run as a command', 'free', "it's right", 'b'],
    ['asks by our prompt', 'ours', "it's right", 'c'],
    ['asks by its own prompt', 'own', "it's right", 'd'],
  ])('%s', async (_name, mode, password, user) => {
    expect(await ask(mode, password, user)).toBe(`${user}\n`);
  });

  test.each([
    ['misses a password', 'ours', undefined, 'e', 'Missing sudo password'],
    ['refuses a password', 'ours', 'wrong', 'f', 'Incorrect sudo password'],
    ['refuses a password in its own words', 'own', 'wrong', 'g', 'Incorrect sudo password'],
  ])('%s', async (_name, mode, password, user, message) => {
    await expect(ask(mode, password, user)).rejects.toMatchObject({ kind: 'module', message });
    await expect(ask('free', undefined, user)).resolves.toBe(`${user}\n`);
  });
});

test('with a password everything goes to and comes from the other user', async () => {
  writeFileSync(join(folder, 'mode'), 'own');
  const become: BecomeSettings = { method: 'sudo', exe: join(folder, 'sudo'), user: 'z', password: "it's right" };
  const bytes = Buffer.alloc(1_000_000, 'ab\0c');
  const [there, back] = [join(folder, 'there'), join(folder, 'back')];
  const written = await connection.session({ become }).apply({
    kind: 'write',
    summary: 'write',
    path: there,
    content: { bytes },
    attributes: {},
    before: { kind: 'absent' },
  });
  expect([written.rc, written.stderr.toString()]).toEqual([0, '']);
  expect(
    (await connection.session({ become }).apply({ kind: 'download', summary: 'fetch', from: there, path: back })).rc,
  ).toBe(0);
  expect(readFileSync(back).equals(bytes)).toBe(true);
  expect((await connection.raw('echo "$BECAME"', { become })).stdout.toString()).toBe('z\n');
});

describe('the line that changes the user', () => {
  const base: BecomeSettings = { method: 'sudo', user: "o'neil; id", password: 'secret' };
  test.each<[string, BecomeSettings, string]>([
    ['sudo', base, `exec sudo -H -S -p '[tsplay N] password:' -u 'o'\\''neil; id' /bin/sh -c `],
    ['sudo without password', { ...base, password: undefined }, `exec sudo -H -S -n -u 'o'\\''neil; id' /bin/sh -c `],
    ['sudo with flags', { ...base, flags: '-E -n' }, `exec sudo -E -S -p '[tsplay N] password:' -u`],
    ['su', { ...base, method: 'su', flags: '-l' }, `exec su -l 'o'\\''neil; id' -c `],
    ['doas', { ...base, method: 'doas', password: undefined }, `exec doas  -n -u 'o'\\''neil; id' /bin/sh -c `],
  ])('%s: the user is one word, the password is not in it', (_name, become, start) => {
    const line = becomeLine(become, 'N');
    expect(line.slice(0, start.length)).toBe(start);
    expect(line).not.toContain('secret');
    expect(line).not.toContain('\n');
  });
});
