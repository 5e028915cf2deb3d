import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, run } from '../../lab/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'tsplay-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = join(process.cwd(), 'dist', 'tsplay.js');
const env = { ...process.env, TSPLAY_STATE_DIR: join(folder, 'state') };
const tsplay = (...args: string[]): Promise<Answer> => run(process.execPath, [program, ...args], '', env);

const CANARY = 'c4n4ry-s3cr3t';
const HOSTILE = '</script><script>document.title="taken"</script><img src=x onerror=alert(1)> `|` \\u202e';

beforeAll(async () => {
  writeFileSync(join(folder, 'hostile.txt'), `${HOSTILE}\u202e\u001b[31m\n`);
  writeFileSync(
    join(folder, 'play.yml'),
    `- name: First <b>play</b>
  hosts: all
  gather_facts: false
  vars_files: [vault.yml]
  tasks:
    - phase: {name: prepare, purpose: "To <i>prepare</i>"}
      block:
        - {name: Write, copy: {content: "old {{ token }}\\n{{ lookup('file', 'hostile.txt') }}", dest: ${folder}/out}, diff: true}
        - {name: Hidden, command: echo ${CANARY}-3, no_log: true}
        - {name: Tolerated, command: 'false', ignore_errors: true}
    - phase: {name: check, needs: [prepare]}
      block:
        - name: Say it
          shell: cat ${folder}/hostile.txt >&2; echo {{ token }}; echo {{ token | b64encode }}; exit 3
        - {name: Never, command: 'true'}
`,
  );
  writeFileSync(join(folder, 'vault.yml'), `token: ${CANARY}\n`);
  writeFileSync(join(folder, 'password'), 'pass\n');
  const vault = ['--vault-password-file', join(folder, 'password')];
  expect((await tsplay('vault', 'encrypt', join(folder, 'vault.yml'), ...vault)).code).toBe(0);
  const ran = await tsplay('run', join(folder, 'play.yml'), '-i', 'a,', '-c', 'local', ...vault);
  expect(ran).toMatchObject({ code: 2 });
}, 120_000);

const report = async (...args: string[]) => {
  const answer = await tsplay('report', ...args);
  expect(answer).toMatchObject({ code: 0, stderr: '' });
  return answer.stdout;
};

describe('a report', () => {
  test.each(['markdown', 'json', 'junit', 'html'])('as %s holds no secret and no control character', async (format) => {
    const text = await report('--format', format);
    expect(text.length).toBeGreaterThan(500);
    for (const secret of [CANARY, Buffer.from(CANARY).toString('base64')]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
  });

  test('as JSON tells phases, tasks, changes and failures', async () => {
    const made = JSON.parse(await report('--format', 'json'));
    expect(made).toMatchObject({
      state: 'failed',
      exit: 2,
      counts: { changed: 2, failed: 1, tolerated: 1 },
      progress: { current_phase: 'check', phase_status: { prepare: 'completed', check: 'failed' } },
      hosts: { a: { lost: true } },
    });
    expect(made.tasks.map(({ name, phase }: { name: string; phase: string }) => [name, phase])).toEqual([
      ['Write', 'prepare'],
      ['Hidden', 'prepare'],
      ['Tolerated', 'prepare'],
      ['Say it', 'check'],
    ]);
    expect(made.tasks[0].outcomes[0].diffs[0]).toEqual(expect.arrayContaining([expect.stringMatching(/^\+old /)]));
    expect(made.failures[0]).toMatchObject({
      name: 'Say it',
      outcome: 'lost',
      hosts: ['a'],
      rc: 3,
      source: { line: 13, lines: expect.arrayContaining([expect.stringContaining('name: Say it')]) },
    });
    expect(made.failures[1]).toMatchObject({ name: 'Tolerated', outcome: 'ignored' });
  });

  test('as HTML holds what hosts said as text, and a policy against all else', async () => {
    const page = await report('--format', 'html');
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;/script&gt;&lt;script&gt;document.title&#x3D;');
    expect(page).toContain(
      'http-equiv="Content-Security-Policy" content="default-src &#x27;none&#x27;; style-src &#x27;sha256-',
    );
    expect(page).not.toMatch(/(?:src|href)="(?!#)/);
  });

  test('as Markdown has no markup of a host', async () => {
    const text = await report('--format', 'markdown');
    expect(text).toContain('## Phases');
    expect(text).toContain('## Failures');
    const outside = text.replace(/^(`{3,}).*?^\1$/gms, '');
    expect(outside).not.toMatch(/<(script|img|b|i)>/);
  });

  test('as JUnit counts the failure, and not what was tolerated', async () => {
    expect(await report('--format', 'junit')).toContain('tests="4" failures="1" errors="0" skipped="1"');
  });

  test('is written for its user alone, in the form that its name says', async () => {
    const file = join(folder, 'report.html');
    expect(await report('-o', file)).toBe('');
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await tsplay('report', '-o', join(folder, 'none', 'x.md'))).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('the report cannot be written'),
    });
    expect(await tsplay('report', '--format', 'pdf')).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('use markdown'),
    });
  });
});
