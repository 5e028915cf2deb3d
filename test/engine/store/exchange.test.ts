import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { prune } from '../../../src/engine/store/exchange.ts';
import { FileStore } from '../../../src/engine/store/file/file-store.ts';
import { madeExchange, madeFolder, madeShared, putOver, SERVER } from './made.ts';

const ALL = () => true;
const WITHIN = { cluster: 'prod', kind: 'server' };

describe('what is shared', () => {
  test('comes back with who shared it, in order of the owners', async () => {
    const exchange = madeExchange(madeFolder());
    for (const owner of ['s2', 's1', '../s 3']) await exchange.publish({ ...SERVER, owner }, madeShared({ of: owner }));
    const found = await exchange.collect(WITHIN, (owner) => owner !== 's2');
    expect(found.map(({ owner, facts }) => [owner, facts.get('of')])).toEqual([
      ['../s 3', '../s 3'],
      ['s1', 's1'],
    ]);
    expect(found[1]).toMatchObject({ by: { controller: 'c1', run: 'r1' }, lifetime: 3600 });
  });

  test('is replaced by its owner, and withdrawn', async () => {
    const exchange = madeExchange(madeFolder());
    await exchange.publish(SERVER, madeShared({ token: 'one' }));
    await exchange.publish(SERVER, madeShared({ token: 'two' }));
    expect((await exchange.collect(WITHIN, ALL)).map(({ facts }) => facts.get('token'))).toEqual(['two']);
    expect(await exchange.withdraw(SERVER)).toBe(true);
    expect(await exchange.withdraw(SERVER)).toBe(false);
    expect(await exchange.find(SERVER)).toBeUndefined();
  });

  test('has a digest of its facts whatever their order, and another under another key', async () => {
    const folder = madeFolder();
    const exchange = madeExchange(folder);
    const one = exchange.digest(madeShared({ a: 'x', b: ['y'] }).facts);
    expect(exchange.digest(madeShared({ b: ['y'], a: 'x' }).facts)).toBe(one);
    expect(exchange.digest(madeShared({ b: ['y'], a: 'z' }).facts)).not.toBe(one);
    expect(madeExchange(folder, 2).digest(madeShared({ a: 'x', b: ['y'] }).facts)).not.toBe(one);
  });

  test('stands in files that only the user can read, with nothing to be read', async () => {
    const folder = madeFolder();
    await madeExchange(folder).publish(SERVER, madeShared({ token: 'canary-secret' }));
    const path = join(folder, 'prod', 'server');
    expect(readdirSync(path)).toEqual(['s1']);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(path, 's1')).mode & 0o777).toBe(0o600);
    const text = readFileSync(join(path, 's1'), 'latin1');
    expect(text).not.toContain('canary');
    expect(text).not.toContain(Buffer.from('canary-secret').toString('base64').slice(2, 14));
  });
});

describe('entries that are not trusted', () => {
  async function spoil(change: (text: string) => string, under = SERVER): Promise<string> {
    const folder = madeFolder();
    const exchange = madeExchange(folder);
    await exchange.publish(SERVER, madeShared({ token: 'one' }));
    const from = join(folder, 'prod', 'server', 's1');
    writeFileSync(join(folder, under.cluster, under.kind, under.owner), change(readFileSync(from, 'utf8')));
    return exchange.find(under).then(
      (entry) => (entry ? 'trusted' : 'none'),
      (error: Error) => error.message,
    );
  }

  test.each([
    ['as it was made', (text: string) => text, 'trusted'],
    ['of another time to live', (text: string) => text.replace(/"expires":\d+/, '"expires":null'), 'is damaged'],
    ['with a bit turned', (text: string) => text.replace(/"sealed":"(.{40})./, '"sealed":"$1!'), 'is damaged'],
    ['cut off', (text: string) => text.slice(0, 60), 'is damaged'],
    ['of something else', () => '[]', 'is damaged, or was not made by tsplay'],
    ['of a later version', (text: string) => text.replace('"format":1', '"format":9'), 'has format 9'],
  ])('one %s', async (_, change, expected) => {
    expect(await spoil(change)).toContain(expected);
  });

  test('one that was moved to another host', async () => {
    expect(await spoil((text) => text, { ...SERVER, owner: 's2' })).toContain('server of s2 in cluster prod in');
  });

  test('one of another key, while others are read', async () => {
    const folder = madeFolder();
    await madeExchange(folder, 2).publish({ ...SERVER, owner: 'foreign' }, madeShared({ token: 'bad' }));
    const exchange = madeExchange(folder);
    await exchange.publish(SERVER, madeShared({ token: 'one' }));
    await expect(exchange.collect(WITHIN, ALL)).rejects.toThrow('was encrypted by another key');
    expect(await exchange.collect(WITHIN, (owner) => owner === 's1')).toHaveLength(1);
  });
});

describe('time to live', () => {
  test('what is over is not given, and goes when its kind is shared again', async () => {
    const folder = madeFolder();
    const exchange = madeExchange(folder);
    await putOver(folder, { ...SERVER, owner: 'old' });
    expect(await exchange.collect(WITHIN, ALL)).toEqual([]);
    expect(readdirSync(join(folder, 'prod', 'server'))).toEqual(['old']);
    await exchange.publish(SERVER, madeShared({}, { lifetime: null }));
    expect(readdirSync(join(folder, 'prod', 'server'))).toEqual(['s1']);
  });

  test('is ended without the key, and leaves alone what no run made', async () => {
    const folder = madeFolder();
    await madeExchange(folder).publish(SERVER, madeShared({}));
    await putOver(folder, { ...SERVER, kind: 'other', owner: 'old' });
    writeFileSync(join(folder, 'prod', 'server', 'alien'), 'not ours');
    const store = new FileStore(folder);
    expect((await prune(store, {})).map(({ owner }) => owner)).toEqual(['old']);
    expect((await store.list({})).map(({ name }) => name.owner)).toEqual(['alien', 's1']);
  });

  test('an entry that took the place of one that is over stays', async () => {
    const folder = madeFolder();
    const exchange = madeExchange(folder);
    const store = new FileStore(folder);
    await exchange.publish(SERVER, madeShared({ token: 'old' }, { lifetime: 1 }));
    const [old] = await store.list({});
    await exchange.publish(SERVER, madeShared({ token: 'new' }));
    expect(await store.drop(old!)).toBe(false);
    expect((await exchange.find(SERVER))?.facts.get('token')).toBe('new');
    expect(readdirSync(join(folder, 'prod', 'server'))).toEqual(['s1']);
  });
});

describe('waiting', () => {
  test('ends when enough have shared', async () => {
    const folder = madeFolder();
    const exchange = madeExchange(folder);
    const more = (entries: readonly unknown[]) => {
      if (entries.length < 2) {
        const owner = `s${entries.length + 1}`;
        void madeExchange(folder).publish({ ...SERVER, owner }, madeShared({}));
      }
      return entries.length < 2;
    };
    const signal = new AbortController().signal;
    const found = await exchange.await({ within: WITHIN, wanted: ALL, more, signal });
    expect(found.map(({ owner }) => owner)).toEqual(['s1', 's2']);
  });

  test('ends with what is there when it is told to', async () => {
    const ending = new AbortController();
    const exchange = madeExchange(madeFolder());
    const more = () => {
      setImmediate(() => ending.abort());
      return true;
    };
    expect(await exchange.await({ within: WITHIN, wanted: ALL, more, signal: ending.signal })).toEqual([]);
  });
});
