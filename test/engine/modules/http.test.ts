import { describe, expect, test } from '@jest/globals';
import { dict, type Raw } from '../../../src/engine/model/value.ts';
import { getUrl } from '../../../src/engine/modules/get-url.ts';
import { readAnswer } from '../../../src/engine/modules/http/answer.ts';
import { encodeBody } from '../../../src/engine/modules/http/body.ts';
import { checksumIn, parseChecksum } from '../../../src/engine/modules/http/checksum.ts';
import { uri } from '../../../src/engine/modules/uri.ts';
import { completed, type FakeHost, planOf } from './support.ts';

describe('answers', () => {
  const head =
    'HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\nHTTP/1.1 200 Fine\r\nSet-Cookie: a=b; path=/\r\nSet-Cookie: c=d\r\n\r\n';

  test('the last headers count, and the body is what lies between them and the trailer', () => {
    const answer = readAnswer(completed(0, `${head}body\n1 2 3\n${head.length} 200 http://h/x`));
    expect(answer).toMatchObject({ status: 200, reason: 'Fine', url: 'http://h/x', problem: undefined });
    expect(answer.body.toString()).toBe('body\n1 2 3');
    expect(answer.headers.get('set-cookie')).toEqual(['a=b; path=/', 'c=d']);
  });

  test('no answer', () => {
    const answer = readAnswer(completed(7, '\n0 000 http://h/', 'curl: (7) Connection refused\n'));
    expect(answer).toMatchObject({ status: -1, problem: '(7) Connection refused' });
  });
});

test.each<[Raw, Parameters<typeof encodeBody>[1], string | undefined]>([
  [dict({ a: [1, 'x'] }), 'json', '{"a": [1, "x"]}'],
  ['{"ready": 1}', 'json', '{"ready": 1}'],
  [dict({ a: 'x y', b: [1, 2], c: null }), 'form-urlencoded', 'a=x+y&b=1&b=2'],
  [
    [
      ['a', '1'],
      ['a', '&'],
    ],
    'form-urlencoded',
    'a=1&a=%26',
  ],
  [null, 'raw', undefined],
  ['text', 'raw', 'text'],
])('body %p as %s', (body, format, text) => {
  expect(encodeBody(body as never, format).text).toBe(text);
});

describe('checksums', () => {
  const list = 'aa11  other\nbb22 *tool.tgz\ncc33  ./dir/x\n';
  const at = { algorithm: 'sha256' as const, url: 'http://h/SUMS' };

  test.each<[string, unknown]>([
    ['', undefined],
    ['sha1:AB12', { algorithm: 'sha1', digest: 'ab12' }],
    ['sha256:https://h/S', { algorithm: 'sha256', url: 'https://h/S' }],
    ['abc', { problem: 'The checksum parameter has to be in format <algorithm>:<checksum>' }],
    ['sha1:xyz', { problem: 'The checksum format is invalid' }],
  ])('%s', (text, parsed) => {
    expect(parseChecksum(text)).toEqual(parsed);
  });

  test.each<[string, string, unknown]>([
    [list, 'tool.tgz', { algorithm: 'sha256', digest: 'bb22' }],
    ['dd44\n', 'any', { algorithm: 'sha256', digest: 'dd44' }],
    [list, 'none', { problem: "Unable to find a checksum for file 'none' in 'http://h/SUMS'" }],
  ])('%# in a list', (text, name, found) => {
    expect(checksumIn(text, name, at)).toEqual(found);
  });
});

const client: [RegExp, number] = [/^command -v curl/, 0];

describe('uri', () => {
  const args = { url: 'http://h/x', url_username: 'me', url_password: 'geheim', headers: dict({ 'X-Token': 'a"b' }) };

  test('secrets go by standard input, not by arguments', async () => {
    const { plan } = await planOf(uri, args, { answers: [client] });
    const [change] = plan.changes;
    if (change?.kind !== 'run') throw new Error('no request');
    expect(change.script.text).not.toMatch(/geheim|X-Token/);
    const config = change.stdin?.toString().split('\n');
    expect(config).toEqual(
      expect.arrayContaining(['user = "me:geheim"', 'header = "X-Token: a\\"b"', 'request = "GET"', 'location']),
    );
  });

  test.each<[Record<string, Raw>, string]>([
    [{ method: 'POST', body: dict({ a: 1 }), body_format: 'json' }, 'header = "Content-Type: application/json"'],
    [{ method: 'POST', body: 'a\nb' }, 'data-raw = "a\\nb"'],
    [{ validate_certs: false }, 'insecure'],
    [{ unix_socket: '/run/s' }, 'unix-socket = "/run/s"'],
    [{ timeout: 3 }, 'connect-timeout = "3"'],
  ])('%p', async (more, line) => {
    const { plan } = await planOf(uri, { url: 'http://h/x', ...more }, { answers: [client] });
    const [change] = plan.changes;
    expect(change?.kind === 'run' && change.stdin?.toString().split('\n')).toContain(line);
  });

  const head = 'HTTP/1.1 404 Nothing\r\nContent-Type: application/json\r\n\r\n';
  const outcome = { ...completed(0, `${head}{"a": 1}\n${head.length} 404 http://h/x`), start: 1, end: 3 };

  test.each<[number[], string | undefined]>([
    [[404], undefined],
    [[200, 201], 'Status code was 404 and not [200, 201]: HTTP Error 404: Nothing'],
  ])('wanted %p', (status, failed) => {
    const given = { url: 'http://h/x', status_code: status, return_content: true, dest: null } as never;
    const report = uri.report!(given, undefined as never, [outcome], { body: undefined, checkMode: false });
    expect(report.failed).toBe(failed);
    expect(report.result).toMatchObject({
      status: 404,
      json: dict({ a: 1 }),
      content: '{"a": 1}',
      elapsed: 2,
      redirected: false,
    });
  });

  test('without curl it says so', async () => {
    expect((await planOf(uri, args, { answers: [[/^command -v curl/, 1]] })).plan.failed).toContain('needs curl');
  });
});

describe('get_url', () => {
  const sha1 = 'f1d2d2f924e986ac86fdf7b36c94bcdf32beec15';
  const head = 'HTTP/1.1 200 OK\r\nContent-Disposition: attachment; filename="../named"\r\n\r\n';
  const host: FakeHost = {
    files: { '/f': 'foo\n', '/d/x': '' },
    answers: [client, [/--write-out '%\{stderr\}/, sha1], [/--include/, `${head}\n${head.length} 200 http://h/x`]],
  };

  test.each<[Record<string, Raw>, RegExp[]]>([
    [{ dest: '/new' }, [/^run t=\$\(mktemp -- '\/new/]],
    [{ dest: '/f', checksum: `sha1:${sha1}` }, []],
    [{ dest: '/f', checksum: `sha1:${sha1}`, mode: '0600' }, [/^attributes \/f 600/]],
    [{ dest: '/f', checksum: 'sha1:abcd' }, [/mismatch/]],
    [{ dest: '/d' }, [/'\/d\/named'/]],
  ])('%p', async (args, changes) => {
    const planned = await planOf(getUrl, { url: 'http://h/x', ...args }, host);
    expect(planned.plan.failed).toBeUndefined();
    expect(planned.changes).toHaveLength(changes.length);
    for (const [index, pattern] of changes.entries()) expect(planned.changes[index]).toMatch(pattern);
  });

  test('check mode takes a file of the host, which has no status of HTTP', async () => {
    const listed = 'Content-Length: 4\r\n\r\n';
    const own: FakeHost = {
      files: { '/d/x': '' },
      answers: [client, [/--include/, `${listed}\n${listed.length} 000 file:///f`]],
    };
    const { plan } = await planOf(getUrl, { url: 'file:///f', dest: '/d/f' }, own, { checkMode: true });
    expect(plan.failed).toBeUndefined();
    expect(plan.changes).toHaveLength(1);
  });

  test('a missing folder is named', async () => {
    const { plan } = await planOf(getUrl, { url: 'http://h/x', dest: '/no/x' }, host);
    expect(plan.failed).toBe('Destination /no does not exist');
  });
});
