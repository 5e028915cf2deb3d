import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../src/engine/model/errors.ts';
import type { Raw } from '../../../src/engine/model/value.ts';
import { pause } from '../../../src/engine/modules/pause.ts';
import { waitFor } from '../../../src/engine/modules/wait-for.ts';
import { waitForConnection } from '../../../src/engine/modules/wait-for-connection.ts';
import { countIn } from '../../../src/engine/modules/waiting/connections.ts';
import { type FakeHost, fakeHost, planOf } from './support.ts';

describe('wait_for', () => {
  const host: FakeHost = {
    files: { '/f': 'first\nready: 7\n' },
    answers: [
      [/^\[ -e '\/f' \]/, 0],
      [/^\[ -e/, 1],
      [/cat <&3/, 'SSH-2.0 hi'],
      [/dev\/tcp.*'22'/, 0],
      [/dev\/tcp/, 1],
    ],
  };

  test.each<[Record<string, Raw>, object]>([
    [{ port: 22 }, { port: 22, state: 'started', match_groups: [] }],
    [{ port: 23, state: 'stopped' }, { state: 'stopped' }],
    [
      { port: 22, search_regex: 'SSH-(?P<v>\\d)' },
      { match_groups: ['2'], match_groupdict: new Map([['v', '2']]) },
    ],
    [{ path: '/f' }, { path: '/f' }],
    [{ path: '/f', search_regex: '^ready: (\\d)$' }, { match_groups: ['7'] }],
    [{ path: '/none', state: 'absent' }, { state: 'absent' }],
  ])('%p', async (args, result) => {
    const { plan } = await planOf(waitFor, args, host);
    expect(plan.failed).toBeUndefined();
    expect(plan.result).toMatchObject(result);
  });

  test.each<[Record<string, Raw>, string]>([
    [{ port: 23, timeout: 0 }, 'Timeout when waiting for 127.0.0.1:23'],
    [{ port: 22, state: 'stopped', timeout: 0 }, 'Timeout when waiting for 127.0.0.1:22 to stop.'],
    [{ path: '/none', timeout: 0 }, 'Timeout when waiting for file /none'],
    [{ path: '/f', timeout: 0, search_regex: 'x' }, 'Timeout when waiting for search string x in /f'],
    [{ port: 23, timeout: 0, msg: 'not up' }, 'not up'],
    [{ port: 1, path: '/x' }, 'port and path parameter can not both be passed to wait_for'],
    [{ path: '/x', state: 'drained' }, 'state=drained should only be used for checking a port in the wait_for module'],
    [{ port: 1, exclude_hosts: 'a' }, 'exclude_hosts should only be with state=drained'],
  ])('%p', async (args, failed) => {
    expect((await planOf(waitFor, args, host)).plan.failed).toBe(failed);
  });

  test('check mode waits for nothing', async () => {
    expect((await planOf(waitFor, { port: 23 }, host, { checkMode: true })).plan.skipped).toBe(true);
  });

  test('it looks again until it is so', async () => {
    const naps: number[] = [];
    const answers: FakeHost['answers'] = [[/^\[ -e/, 1]];
    const sleep = async (seconds: number) => {
      naps.push(seconds);
      if (naps.length === 3) (answers as unknown as unknown[])[0] = [/^\[ -e/, 0];
    };
    const { plan } = await planOf(waitFor, { path: '/f', sleep: 2, delay: 9 }, { answers }, { sleep });
    expect([plan.failed, naps]).toEqual([undefined, [9, 2, 2]]);
  });

  const table = [
    '  sl  local_address rem_address   st',
    '   0: 0100007F:1F90 0200007F:0001 01 x',
    '   1: 0100007F:1F90 0300007F:0001 06 x',
    '   2: 0100007F:1F90 00000000:0000 0A x',
    '   3: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000400007F:0001 01 x',
    '   4: 0A00000A:1F90 0B00000A:0001 01 x',
  ].join('\n');
  const states = ['ESTABLISHED', 'TIME_WAIT'];

  test.each<[string, string[], string[], number]>([
    ['127.0.0.1', states, [], 3],
    ['127.0.0.1', ['ESTABLISHED'], [], 2],
    ['127.0.0.1', states, ['127.0.0.3', '127.0.0.4'], 1],
    ['0.0.0.0', states, [], 4],
  ])('connections to %s in %p without %p', (host_, wanted, excluded, count) => {
    const drain = { host: host_, port: 8080, states: wanted, excluded };
    expect(countIn(table, drain, new Set([host_]), new Set(excluded))).toBe(count);
  });
});

describe('pause', () => {
  test.each<[Record<string, Raw>, number[]]>([
    [{ seconds: 5 }, [5]],
    [{ seconds: '0' }, [1]],
    [{ minutes: 2 }, [120]],
  ])('%p', async (args, naps) => {
    const slept: number[] = [];
    const sleep = async (seconds: number) => void slept.push(seconds);
    const { plan } = await planOf(pause, args, {}, { sleep });
    expect(slept).toEqual(naps);
    expect(plan.result).toMatchObject({ rc: 0, user_input: '' });
  });

  test('asks', async () => {
    const { plan } = await planOf(
      pause,
      { prompt: 'Go?', echo: false },
      {},
      { prompt: async (question, { echo }) => `${question}${echo}` },
    );
    expect(plan.result).toMatchObject({ user_input: 'Go?false', echo: false });
  });

  test('refuses what is no number', async () => {
    await expect(planOf(pause, { seconds: 'soon' })).rejects.toThrow('unable to convert to int');
  });
});

describe('wait_for_connection', () => {
  const never = () => new Promise<void>(() => undefined);

  test('tries again until the host answers', async () => {
    let attempts = 0;
    const reconnect = async () => {
      attempts += 1;
      if (attempts < 3) throw new TsplayError('unreachable', 'refused');
      return fakeHost({ files: { '/x': '' } });
    };
    const sleep = (seconds: number) => (seconds === 5 ? never() : Promise.resolve());
    const { plan } = await planOf(waitForConnection, {}, {}, { reconnect, sleep });
    expect([plan.failed, attempts]).toEqual([undefined, 3]);
  });

  test('gives up', async () => {
    const reconnect = async () => {
      throw new TsplayError('unreachable', 'refused');
    };
    const { plan } = await planOf(waitForConnection, { timeout: 0 }, {}, { reconnect, sleep: never });
    expect(plan.failed).toBe('timed out waiting for ping module test: refused');
  });
});
