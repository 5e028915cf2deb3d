import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../../src/engine/model/change.ts';
import type { Script } from '../../../src/engine/model/script.ts';
import { openConnection } from '../../../src/engine/remote/open.ts';
import { sh } from '../../../src/engine/remote/quote.ts';
import type { Connection, Session, SessionOptions } from '../../../src/engine/remote/types.ts';
import { LOCAL } from './local-settings.ts';

let connection: Connection;
let session: Session;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(joinPath(tmpdir(), 'remote-'));
  connection = await openConnection({ ...LOCAL, directory: folder });
  session = connection.session();
});

afterAll(async () => {
  await connection.close();
  rmSync(folder, { recursive: true, force: true });
});

function run(script: Script, options: { stdin?: Buffer; timeout?: number } = {}, from = session): Promise<Outcome> {
  return from.apply({ kind: 'run', summary: 'run', script, effect: 'opaque', isolated: true, ...options });
}

async function output(script: Script, options?: SessionOptions): Promise<string> {
  return (await run(script, {}, options ? connection.session(options) : session)).stdout.toString();
}

/** A killed process is gone only when the kernel comes to it; one that lives on keeps the test from ending. */
async function hasEnded(pid: string): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
}

/** Whether a process is there and is not waiting for its parent to notice its end. */
function isRunning(pid: string): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a command of the user', () => {
  test.each([
    ['gives rc and both streams apart', sh`echo out; echo err >&2; exit 3`, 3, 'out\n', 'err\n'],
    ['has no standard input', sh`cat; read x; echo "got:$x"`, 0, 'got:\n', ''],
    ['may kill itself', sh`kill -9 $$`, 137, '', ''],
    ['may kill what waits for it', sh`kill -9 $PPID; echo still`, 137, 'still\n', undefined],
    ['may replace itself', sh`exec sh -c 'exit 4'`, 4, '', ''],
    ['may close its output', sh`exec 1>&- 2>&-; exit 5`, 5, '', ''],
    ['may have a syntax error', sh`if (`, 2, '', undefined],
    ['may print what looks like ours', sh`echo "0123:0:e:0;"; printf 'x\0y'`, 0, '0123:0:e:0;\nx\0y', ''],
    ['may end without a newline', sh`printf a; printf b >&2`, 0, 'a', 'b'],
  ])('%s', async (_name, script, rc, stdout, stderr) => {
    const done = await run(script);
    expect([done.rc, done.stdout.toString()]).toEqual([rc, stdout]);
    if (stderr !== undefined) expect(done.stderr.toString()).toBe(stderr);
    expect((await run(sh`echo clean`)).stdout.toString()).toBe('clean\n');
  });

  test('leaves nothing to the next', async () => {
    await run(sh`cd /proc; umask 0777; export LEAK=1; set -eu; alias touch=false; exec 1>&- 2>&-`);
    expect(await output(sh`echo "$(pwd):$(umask):\${LEAK:-none}"`)).toBe(
      `${folder}:${process.umask().toString(8).padStart(4, '0')}:none\n`,
    );
  });

  test('does not wait for a job that keeps its output, nor hears of it later', async () => {
    const flag = joinPath(folder, 'go');
    const done = await run(sh`(while [ ! -e ${flag} ]; do sleep 0.1; done; echo LATE; echo LATE >&2) & echo started`);
    expect([done.rc, done.stdout.toString(), done.stderr.toString()]).toEqual([0, 'started\n', '']);
    expect(existsSync(flag)).toBe(false);
    writeFileSync(flag, '');
    const next = await run(sh`sleep 0.3; echo clean`);
    expect([next.stdout.toString(), next.stderr.toString()]).toEqual(['clean\n', '']);
  });

  test('gets bytes on standard input', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    expect((await run(sh`cat`, { stdin: bytes })).stdout.equals(bytes)).toBe(true);
  });

  test('cannot find the marker in its environment, arguments or descriptors', async () => {
    const seen = await output(
      sh`env; tr '\0' '\n' </proc/$PPID/cmdline; for f in 3 5 6; do [ -e /proc/self/fd/$f ] && readlink /proc/$$/fd/$f; done; true`,
    );
    expect(seen).not.toMatch(/^[0-9a-f]{32}:/m);
    expect(seen).not.toContain('pipe:');
  });

  test('is ended with all of its group when its time is over', async () => {
    const done = await run(sh`sleep 60 & echo $$ $!; exec sleep 60`, { timeout: 0.3 });
    expect(done.timedOut).toBe(true);
    await Promise.all(done.stdout.toString().trim().split(' ').map(hasEnded));
    expect(await output(sh`echo clean`)).toBe('clean\n');
  });

  test('is ended if it ignores being asked', async () => {
    const done = await run(sh`trap '' TERM; echo $$; while :; do sleep 1; done`, { timeout: 0.3 });
    expect(done.timedOut).toBe(true);
    await hasEnded(done.stdout.toString().trim());
  });

  test('may flood: output is kept up to a limit', async () => {
    const done = await run(sh`yes 0123456789abcdef | head -c 100000000`);
    expect([done.rc, done.truncated, done.stdout.length]).toEqual([0, true, 32 * 1024 * 1024]);
    expect(await output(sh`echo clean`)).toBe('clean\n');
  });

  test("has the task's environment, and no other name", async () => {
    const environment = new Map([['GREETING', "it's $HOME; id"]]);
    expect(await output(sh`echo "$GREETING"`, { environment })).toBe("it's $HOME; id\n");
    expect(() => connection.session({ environment: new Map([['a;b', 'c']]) })).toThrow('a;b');
  });
});

describe('a query', () => {
  test.each([
    ['a syntax error', sh`if (`, 2],
    ['exit', sh`exit 9`, 9],
    ['closed output', sh`exec 1>&- 2>&-; false`, 1],
    ['an unclosed quote', sh`echo ${sh`'`}`, 2],
  ])('%s', async (_name, script, rc) => {
    const [bad, good] = await Promise.all([session.view.query(script), session.view.query(sh`echo good`)]);
    expect([bad.rc, good.stdout.toString()]).toEqual([rc, 'good\n']);
  });

  test('that kills the shell fails, and the next gets a new one', async () => {
    await expect(session.view.query(sh`kill -9 $$`)).rejects.toThrow('the remote shell ended');
    expect((await session.view.query(sh`echo good`)).stdout.toString()).toBe('good\n');
  });

  test('has a time limit', async () => {
    expect((await session.view.query(sh`sleep 60`, { timeout: 0.3 })).timedOut).toBe(true);
  });

  test('many at once are answered each with its own', async () => {
    const done = await Promise.all(Array.from({ length: 100 }, (_, n) => session.view.query(sh`echo ${n}; exit ${n}`)));
    expect(done.map(({ rc, stdout }) => [rc, stdout.toString()])).toEqual(done.map((_, n) => [n, `${n}\n`]));
  });
});

describe('expand', () => {
  const home = process.env['HOME'] ?? '';
  test.each([
    ['/plain/path', '/plain/path'],
    ['~/x', `${home}/x`],
    ['~root/x', '/root/x'],
    ['a/~/x', 'a/~/x'],
    ['$HOME/$NOT_THERE_/${HOME}', `${home}/$NOT_THERE_/${home}`],
    ['${IFS}a$PPID$_l', '${IFS}a$PPID$_l'],
    ['~/$(touch /tmp/no)`id`', `${home}/$(touch /tmp/no)\`id\``],
  ])('%s', async (path, expanded) => {
    expect(await session.view.expand(path)).toBe(expanded);
  });
});

test('raw gives rc and output', async () => {
  const done = await connection.raw('echo hi; echo no >&2; exit 3');
  expect([done.rc, done.stdout.toString(), done.stderr.toString()]).toEqual([3, 'hi\n', 'no\n']);
});
