import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { GREETING, PROD_FILE } from '../engine/vault/samples.ts';
import { builtProgram } from '../lab/program.ts';

let root = '';
/** A folder of its own for each test. */
let folder = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tsplay-vault-cli-'));
  symlinkSync(builtProgram(), join(root, 'ansible-vault'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'));
  mkdirSync(join(folder, 'private'));
  put('pw', 'secret-pw\n');
  put('pw2', 'other-pw\n');
  put('greeting', GREETING);
});

function put(name: string, text: string, mode = 0o644): void {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), mode);
}

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

interface Call {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the command in a session without a terminal, so that a password that is asked for comes from the input. */
function vault(args: readonly string[], { input = '', env = {} }: Call = {}) {
  const { status, stdout, stderr } = spawnSync(
    'setsid',
    ['-w', process.execPath, join(root, 'ansible-vault'), ...args],
    {
      cwd: folder,
      input,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: folder, XDG_RUNTIME_DIR: join(folder, 'private'), ...env },
    },
  );
  return { status, stdout, stderr };
}

/** An editor that is a shell script; `$1` is the file. */
function editor(script: string): Record<string, string> {
  put('editor', `#!/bin/sh\n${script}\n`, 0o755);
  return { EDITOR: './editor' };
}

const PW = ['--vault-password-file', 'pw'];

describe('files', () => {
  test('are encrypted and decrypted in their places', () => {
    put('a.yml', 'a: 1\n');
    symlinkSync('a.yml', join(folder, 'link'));
    expect(vault(['encrypt', ...PW, 'link']).status).toBe(0);
    expect(read('a.yml')).toMatch(/^\$ANSIBLE_VAULT;1\.1;AES256\n([0-9a-f]{80}\n)+[0-9a-f]+\n$/);
    expect(statSync(join(folder, 'a.yml')).mode & 0o777).toBe(0o600);
    expect(vault(['view', '--vault-id', 'any@pw', 'a.yml']).stdout).toBe('a: 1\n');
    expect(vault(['decrypt', ...PW, 'a.yml']).status).toBe(0);
    expect(read('a.yml')).toBe('a: 1\n');
    expect(readdirSync(folder).sort()).toEqual(['a.yml', 'greeting', 'link', 'private', 'pw', 'pw2']);
  });

  test('that had another name keep their content there', () => {
    put('a.yml', 'a: 1\n');
    linkSync(join(folder, 'a.yml'), join(folder, 'b.yml'));
    vault(['encrypt', ...PW, 'a.yml']);
    expect(read('b.yml')).toBe('a: 1\n');
  });

  test('go through pipes', () => {
    const { stdout } = vault(['encrypt', '--vault-id', 'prod@pw2', '--output', '-'], { input: 'text' });
    expect(stdout).toMatch(/^\$ANSIBLE_VAULT;1\.2;AES256;prod\n/);
    expect(vault(['decrypt', '--vault-id', 'pw2', '--output=-'], { input: stdout }).stdout).toBe('text');
    expect(vault(['decrypt', '--vault-id', 'pw2'], { input: PROD_FILE }).stdout).toBe('plain text\nof two lines\n');
  });

  test('get another password and keep their mode', () => {
    chmodSync(join(folder, 'greeting'), 0o640);
    expect(vault(['rekey', ...PW, '--new-vault-id', 'prod@pw2', 'greeting']).stderr).toBe('Rekey successful\n');
    expect(read('greeting')).toMatch(/^\$ANSIBLE_VAULT;1\.2;AES256;prod\n/);
    expect(statSync(join(folder, 'greeting')).mode & 0o777).toBe(0o640);
    expect(vault(['view', '--vault-id', 'pw2', 'greeting']).stdout).toBe('hello {{ world }}\n');
  });
});

describe('passwords', () => {
  test.each<[string, string, string[]]>([
    ['a script', '#!/bin/sh\necho secret-pw\n', ['script']],
    [
      'a client is told the label',
      '#!/bin/sh\n[ "$1 $2" = "--vault-id dev" ] && echo secret-pw\n',
      ['dev@dev-client.sh'],
    ],
    ['several, of which one is not there', '', ['none', 'pw2', 'pw']],
  ])('%s', (_name, script, ids) => {
    put('script', script, 0o755);
    put('dev-client.sh', script, 0o755);
    const { status, stdout } = vault(['view', ...ids.flatMap((id) => ['--vault-id', id]), 'greeting']);
    expect([status, stdout]).toEqual([0, 'hello {{ world }}\n']);
  });

  test('in a file that is encrypted with one that was given before', () => {
    const sealed = vault(['encrypt', '--vault-id', 'pw2', '--output', '-'], { input: 'secret-pw' }).stdout;
    put('sealed', sealed);
    expect(vault(['view', '--vault-id', 'pw2', '--vault-id', 'sealed', 'greeting']).stdout).toMatch(/^hello/);
    expect(vault(['view', '--vault-id', 'sealed', 'greeting']).status).toBe(1);
  });

  test('from the configuration', () => {
    put('ansible.cfg', '[defaults]\nvault_identity_list = x@pw2, y@pw\nvault_encrypt_identity = y\n');
    const env = { ANSIBLE_CONFIG: join(folder, 'ansible.cfg') };
    expect(vault(['view', 'greeting'], { env }).status).toBe(0);
    expect(vault(['encrypt'], { env, input: 'text' }).stdout).toMatch(/^\$ANSIBLE_VAULT;1\.2;AES256;y\n/);
    const matching = { ...env, ANSIBLE_VAULT_ID_MATCH: '1' };
    expect(vault(['view', 'greeting'], { env: matching }).status).toBe(1);
  });

  test('that are asked for, twice where they are new', () => {
    expect(vault(['view', '-J', 'greeting'], { input: 'secret-pw\n' }).stdout).toMatch(/^hello/);
    const { stdout, stderr } = vault(['encrypt', '-J'], { input: 'new\nnew\nthe rest is the text' });
    expect(stderr).toBe('New Vault password: Confirm New Vault password: ');
    expect(stdout).toMatch(/^\$ANSIBLE_VAULT/);
    expect(vault(['encrypt', '--vault-id', 'a@prompt'], { input: 'new\nold\ntext' })).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('Passwords do not match'),
    });
  });
});

describe('texts', () => {
  test.each<[string, string[], Call, RegExp]>([
    [
      'with a name',
      ['--name', 'x', 'text'],
      {},
      /^x: !vault \|\n( {10}\$ANSIBLE_VAULT;1\.1;AES256\n)( {10}[0-9a-f]+\n)+$/,
    ],
    ['without', ['text'], {}, /^!vault \|\n {10}\$ANSIBLE_VAULT/],
    ['from the input', ['--stdin-name', 'x'], { input: 'text' }, /^x: !vault \|\n/],
    ['several', ['-n', 'x', 'one', 'two'], {}, /^x: !vault \|\n( {10}.*\n)+!vault \|\n( {10}.*\n)+$/],
  ])('%s', (_name, args, call, expected) => {
    const { status, stdout } = vault(['encrypt_string', ...PW, ...args], call);
    expect(stdout).toMatch(expected);
    expect(status).toBe(0);
  });

  test('that are asked for', () => {
    const { stdout } = vault(['encrypt_string', ...PW, '-p'], { input: 'name\ntext\n' });
    expect(stdout).toMatch(/^name: !vault \|\n/);
  });
});

describe('refused', () => {
  test.each<[string, string[], number, string]>([
    ['no action', [], 2, 'no action given'],
    ['an unknown action', ['encrpt'], 2, 'did you mean "encrypt"?'],
    ['two new passwords', ['rekey', ...PW, '--new-vault-id', 'a', '--new-vault-password-file', 'b'], 2, 'not allowed'],
    ['to ask where a file is given', ['view', ...PW, '-J', 'greeting'], 2, 'not allowed'],
    ['a semicolon in a label', ['encrypt', '--vault-id', 'a;b@pw'], 5, "The character ';' is not allowed"],
    ['one output for two files', ['encrypt', ...PW, '--output', 'x', 'pw', 'pw2'], 5, 'At most one input file'],
    [
      'a choice of labels',
      ['encrypt', '--vault-id', 'a@pw', '--vault-id', 'b@pw2', 'pw'],
      5,
      'The vault-ids a,b are available',
    ],
    ['a label that nobody has', ['encrypt', ...PW, '--encrypt-vault-id', 'x', 'pw'], 1, "known vault-ids ['default']"],
    ['a wrong password', ['view', '--vault-id', 'pw2', 'greeting'], 1, 'tried the vault id default'],
    ['what is encrypted', ['encrypt', ...PW, 'greeting'], 1, 'input is already encrypted for greeting'],
    ['what is not encrypted', ['decrypt', ...PW, 'pw2'], 1, 'input is not vault encrypted data. for pw2'],
    ['a file that is not there', ['view', ...PW, 'none'], 1, 'Unable to read source file (none)'],
    ['a password file that is none', ['view', '--vault-id', 'private', 'greeting'], 1, 'can not be a directory'],
    [
      'an empty password',
      ['view', '--vault-id', 'empty', 'greeting'],
      1,
      'Invalid vault password was provided from file',
    ],
    ['a script that fails', ['view', '--vault-id', 'fails', 'greeting'], 1, 'returned non-zero (3)'],
    [
      'a client that does not know',
      ['view', '--vault-id', 'x@no-client', 'greeting'],
      1,
      'did not find a secret for vault-id=x: sorry',
    ],
    [
      'to create what is there',
      ['create', ...PW, '--skip-tty-check', 'greeting'],
      1,
      "greeting exists, please use 'edit' instead",
    ],
    ['to create without a terminal', ['create', ...PW, 'new'], 5, 'not a tty, editor cannot be opened'],
  ])('%s', (_name, args, status, says) => {
    put('empty', '');
    put('fails', '#!/bin/sh\nexit 3\n', 0o755);
    put('no-client', '#!/bin/sh\necho sorry >&2\nexit 2\n', 0o755);
    const before = read('greeting');
    const called = vault(args);
    expect(called.stderr).toContain(says);
    expect([called.status, called.stdout, read('greeting')]).toEqual([status, '', before]);
  });
});

describe('an editor', () => {
  test('sees a file that only its user can reach, and that is gone afterwards', () => {
    chmodSync(join(folder, 'greeting'), 0o640);
    const env = editor(
      'stat -c "%a %s" "$1" "$(dirname "$1")" >seen; echo "$1" >>seen; echo more >>"$1"; cp "$1" "$1.swp"',
    );
    expect(vault(['edit', ...PW, 'greeting'], { env }).status).toBe(0);
    const [file, parent, path] = read('seen').split('\n');
    expect([file, parent!.split(' ')[0]]).toEqual(['600 17', '700']);
    expect(path!.startsWith(join(folder, 'private'))).toBe(true);
    expect(readdirSync(join(folder, 'private'))).toEqual([]);
    expect(statSync(join(folder, 'greeting')).mode & 0o777).toBe(0o640);
    expect(vault(['view', ...PW, 'greeting']).stdout).toBe('hello {{ world }}more\n');
  });

  test('that changes nothing leaves the file as it is', () => {
    vault(['edit', ...PW, 'greeting'], { env: editor(':') });
    expect(read('greeting')).toBe(GREETING);
  });

  test('keeps the label of the file, whatever opened it', () => {
    put('prod', PROD_FILE);
    vault(['edit', '--vault-id', 'other@pw2', 'prod'], { env: editor('echo x >>"$1"') });
    expect(read('prod')).toMatch(/^\$ANSIBLE_VAULT;1\.2;AES256;prod\n/);
  });

  test.each([
    ['that fails', 'echo x >>"$1"; exit 1', 1, 'the editor ended with 1: nothing was saved'],
    ['that is ended by a signal', 'echo x >>"$1"; kill -TERM $$', 1, 'was ended by SIGTERM: nothing was saved'],
    ['whose caller is ended by a signal', 'echo x >>"$1"; kill -TERM $PPID; exec tail -f /dev/null', 143, ''],
    ['whose caller loses its terminal', 'echo x >>"$1"; kill -HUP $PPID; exec tail -f /dev/null', 129, ''],
  ])('%s leaves neither plaintext nor a change', (_name, script, status, says) => {
    const called = vault(['edit', ...PW, 'greeting'], { env: editor(script) });
    expect(called.stderr).toContain(says);
    expect([called.status, read('greeting'), readdirSync(join(folder, 'private'))]).toEqual([status, GREETING, []]);
  });

  test('while whose user somebody else saved the file: neither text is lost', () => {
    const called = vault(['edit', ...PW, 'greeting'], { env: editor('echo mine >>"$1"; echo theirs >greeting') });
    expect(called.stderr).toContain('was changed by somebody else while it was edited');
    expect(read('greeting')).toBe('theirs\n');
    const [, kept] = /what you wrote is in (\S+), encrypted/.exec(called.stderr)!;
    expect(vault(['view', ...PW, kept!]).stdout).toBe('hello {{ world }}mine\n');
    rmSync(dirname(kept!), { recursive: true });
  });

  test('makes a new file', () => {
    const env = editor('echo new >"$1"');
    const { status, stderr } = vault(['create', ...PW, '--skip-tty-check', 'deep/new.yml'], { env });
    expect([status, stderr]).toEqual([0, '[WARNING]: deep does not exist, creating...\n']);
    expect(statSync(join(folder, 'deep/new.yml')).mode & 0o777).toBe(0o600);
    expect(vault(['view', ...PW, 'deep/new.yml']).stdout).toBe('new\n');
  });
});
