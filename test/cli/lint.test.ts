import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { lint } from '../../src/cli/commands/lint.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tsplay-lint-cli-'));
  writeFileSync(
    join(folder, 'clean.yml'),
    '- hosts: all\n  tasks:\n    - name: Say hello\n      debug: {msg: hello}\n',
  );
  writeFileSync(join(folder, 'warned.yml'), '- hosts: all\n  tasks:\n    - debug: {msg: hello}\n');
  writeFileSync(join(folder, 'wrong.yml'), '- hosts: all\n  tasks:\n    - comand: uptime\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Exit code and what is printed. */
async function run(...args: string[]): Promise<{ code: number; printed: string }> {
  const printed: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    const code = await lint.run(args.map((arg) => (arg.endsWith('.yml') ? join(folder, arg) : arg)));
    return { code, printed: printed.join('') };
  } finally {
    write.mockRestore();
  }
}

const codes: [args: string[], code: number][] = [
  [['clean.yml'], 0],
  [['clean.yml', '--strict'], 0],
  [['warned.yml'], 0],
  [['warned.yml', '--strict'], 2],
  [['warned.yml', '--strict', '--skip-rules', 'no-name'], 0],
  [['wrong.yml'], 2],
  [['wrong.yml', '--rules', 'no-name,octal-mode'], 0],
  [['clean.yml', 'wrong.yml', '--format', 'json'], 2],
  [['--list-rules'], 0],
];

test.each(codes)('%p', async (args, code) => {
  expect((await run(...args)).code).toBe(code);
});

const refused: [args: string[], message: string][] = [
  [[], 'name what to look at'],
  [['no.yml'], 'there is no file or folder'],
  [['clean.yml', '--rules', 'pars'], 'there is no rule "pars"'],
  [['clean.yml', '--format', 'xml'], "unknown format 'xml'"],
];

test.each(refused)('%p is refused', async (args, message) => {
  await expect(run(...args)).rejects.toThrow(message);
});

test('prints the place of each finding', async () => {
  const { printed } = await run('wrong.yml');
  expect(printed).toContain('wrong.yml:3:7: error: ');
  expect(printed).toContain('(parse); did you mean "command"?\n1 error, 0 warnings\n');
});
