import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openConnection } from '../../../../src/engine/remote/open.ts';
import { sh } from '../../../../src/engine/remote/quote.ts';
import type { Connection, ConnectionSettings } from '../../../../src/engine/remote/types.ts';
import { hasSshd, type Sshd, startSshd } from './sshd.ts';

(hasSshd ? describe : describe.skip)('over a real sshd', () => {
  let server: Sshd;
  let settings: ConnectionSettings;
  const open: Connection[] = [];

  beforeAll(async () => {
    server = await startSshd(['MaxSessions 4']);
    settings = {
      kind: 'ssh',
      name: 'host',
      address: '127.0.0.1',
      port: server.port,
      user: server.user,
      privateKeyFile: server.key,
      sshArgs: ['-F none -o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/dev/null'],
      hostKeyChecking: false,
      timeout: 10,
    };
  });

  afterAll(async () => {
    await Promise.all(open.map((connection) => connection.close()));
    server?.stop();
  });

  async function connect(changes: Partial<ConnectionSettings> = {}): Promise<Connection> {
    const connection = await openConnection({ ...settings, ...changes });
    open.push(connection);
    return connection;
  }

  test('runs commands and queries', async () => {
    const session = (await connect()).session();
    const done = await session.apply({
      kind: 'run',
      summary: 'run',
      script: sh`printf 'a\0b'; cat; echo e >&2; exit 3`,
      effect: 'opaque',
      isolated: true,
    });
    expect([done.rc, done.stdout.toString(), done.stderr.toString()]).toEqual([3, 'a\0b', 'e\n']);
    expect((await session.view.read('/proc/self/status'))?.content.toString()).toContain('Name:');
  });

  test('streams a large file there and back', async () => {
    const connection = await connect();
    const bytes = Buffer.alloc(20_000_000, 'abcdefg\0');
    const [from, to, back] = ['from', 'to', 'back'].map((name) => join(server.folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(from, bytes);
    const done = await connection.session().apply({
      kind: 'write',
      summary: 'write',
      path: to,
      content: { file: from, size: bytes.length },
      attributes: {},
      before: { kind: 'absent' },
    });
    expect([done.rc, done.stderr.toString()]).toEqual([0, '']);
    expect((await connection.session().apply({ kind: 'download', summary: 'fetch', from: to, path: back })).rc).toBe(0);
    expect(readFileSync(back).equals(bytes)).toBe(true);
  });

  test('waits for a free session where the server allows few', async () => {
    const connection = await connect();
    const done = await Promise.all(Array.from({ length: 12 }, (_, n) => connection.raw(`echo ${n}`)));
    expect(done.map(({ stdout }) => stdout.toString().trim())).toEqual(done.map((_, n) => String(n)));
  });

  test('a jump host is used', async () => {
    const config = join(server.folder, 'config');
    writeFileSync(
      config,
      `Host jump\n  HostName 127.0.0.1\n  Port ${server.port}\n  IdentityFile ${server.key}\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\nHost inner\n  HostName 127.0.0.1\n  ProxyJump ${server.user}@jump\n`,
    );
    const session = (
      await connect({ address: 'inner', sshArgs: [`-F ${config} -o UserKnownHostsFile=/dev/null`] })
    ).session();
    expect((await session.view.query(sh`echo through`)).stdout.toString()).toBe('through\n');
  });

  test('a proxy command is used', async () => {
    const proxy = `-o ProxyCommand="ssh -F none -i ${server.key} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -p ${server.port} -W %h:%p ${server.user}@127.0.0.1"`;
    const session = (await connect({ sshArgs: [...settings.sshArgs, proxy] })).session();
    expect((await session.view.query(sh`echo through`)).stdout.toString()).toBe('through\n');
  });

  test.each([
    ['a port where nobody listens', { port: 1 }, 'Connection refused'],
    ['a name that nobody has', { address: 'no.such.name.invalid' }, 'Could not resolve hostname'],
    ['a key that is not there', { privateKeyFile: '/no/such/key' }, 'Permission denied (publickey'],
    ['a user that is not there', { user: 'no-such-user' }, 'Permission denied'],
  ])('%s', async (_name, changes, message) => {
    await expect(
      openConnection({ ...settings, sshArgs: [...settings.sshArgs, '-o IdentityAgent=none'], ...changes }),
    ).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(
        new RegExp(`^Failed to connect to the host via ssh: .*${message.replace('(', '\\(')}`),
      ),
    });
  });

  test('a server that drops the first of a burst is tried again', async () => {
    let dropped = 0;
    const relay = createServer((socket) => {
      if (dropped < 2) {
        dropped++;
        socket.end();
        return;
      }
      const on = connectTo(server.port, '127.0.0.1');
      socket.pipe(on).pipe(socket);
      for (const side of [socket, on]) side.on('error', () => {});
    });
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = relay.address() as AddressInfo;
      const connection = await openConnection({ ...settings, port });
      expect([dropped, (await connection.raw('echo in')).stdout.toString()]).toEqual([2, 'in\n']);
      await connection.close();
    } finally {
      relay.close();
    }
  });

  test('a server that says nothing is given up in time', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = silent.address() as AddressInfo;
      await expect(openConnection({ ...settings, port, timeout: 0.2 })).rejects.toThrow(
        'Connection timed out during banner',
      );
    } finally {
      silent.close();
    }
  });

  test('a host that has fallen silent does not hold up the end', async () => {
    const sides: Socket[] = [];
    const relay = createServer({ allowHalfOpen: true }, (socket) => {
      const on = connectTo(server.port, '127.0.0.1');
      socket.pipe(on).pipe(socket);
      for (const side of [socket, on]) side.on('error', () => {});
      sides.push(socket, on);
    });
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
    try {
      const connection = await openConnection({ ...settings, port: (relay.address() as AddressInfo).port });
      for (const side of sides) side.unpipe().pause();
      await connection.close(); // waited for the network's own patience, a quarter of an hour
    } finally {
      for (const side of sides) side.destroy();
      relay.close();
    }
  });

  test('a key with a passphrase needs it', async () => {
    const locked = join(server.folder, 'locked');
    writeFileSync(locked, readFileSync(server.key));
    chmodSync(locked, 0o600);
    spawnSync('ssh-keygen', ['-q', '-p', '-N', 'open sesame', '-f', locked]);
    const sshArgs = [...settings.sshArgs, '-o IdentityAgent=none'];
    await expect(openConnection({ ...settings, sshArgs, privateKeyFile: locked })).rejects.toThrow(
      'add it to ssh-agent',
    );
    await connect({ sshArgs, privateKeyFile: locked, privateKeyPassphrase: 'open sesame' });
  });

  test('a connection that is cut fails what is under way and all that comes', async () => {
    const connection = await connect();
    const session = connection.session();
    const pid = (await session.view.query(sh`read -r _ _ _ ppid _ </proc/$$/stat; echo $ppid`)).stdout
      .toString()
      .trim();
    const waiting = session.view.query(sh`sleep 60`);
    process.kill(Number(pid), 'SIGKILL'); // sshd's process for this connection
    const lost = { kind: 'unreachable', message: expect.stringContaining('Failed to connect to the host via ssh:') };
    await expect(waiting).rejects.toMatchObject(lost);
    await expect(session.view.query(sh`true`)).rejects.toMatchObject(lost);
    await expect(connection.raw('true')).rejects.toMatchObject(lost);
  });
});
