import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, run } from '../lab/run.ts';

describe('the package, installed into an empty folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-package-'));
  const installed = join(folder, 'node_modules', 'tsplay');
  afterAll(() => rmSync(folder, { recursive: true }));

  const npm = async (...args: string[]) => {
    const answer = await run('npm', [...args, '--offline', '--ignore-scripts', '--no-audit', '--no-fund']);
    expect(answer).toMatchObject({ code: 0 });
  };
  const tsplay = (...args: string[]): Promise<Answer> => run(join(folder, 'node_modules', '.bin', 'tsplay'), args);

  beforeAll(async () => {
    // From dist/ as it is: `npm pack` alone would build it anew under the other tests.
    await npm('pack', '--pack-destination', folder);
    const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'no archive';
    writeFileSync(join(folder, 'package.json'), '{"private": true}');
    await npm('install', '--prefix', folder, join(folder, archive));
  });

  test('brings no other package', () => {
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['tsplay']);
  });

  test.each([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'docs/getting-started.md',
    'docs/modules/README.md',
    'dist/types/api/module.d.ts',
    'inventories/fastpass/hosts.yml',
    'playbooks/deploy-fastpass.yml',
    'roles/kubernetes-prerequisites/tasks/main.yml',
  ])('has %s', (path) => {
    expect(readdirSync(installed, { recursive: true })).toContain(path);
  });

  test('says its version', async () => {
    expect(await tsplay('--version')).toMatchObject({ code: 0, stdout: 'tsplay 0.1.0\n' });
  });

  test('finds its roles from its playbook', async () => {
    const inventory = join(installed, 'inventories', 'fastpass', 'hosts.yml');
    const { code, stdout } = await tsplay(
      ...['run', join(installed, 'playbooks', 'deploy-fastpass.yml'), '-i', inventory, '--list-tasks'],
    );
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('kubernetes-prerequisites : Keep swap out of fstab'),
    });
  });

  test('runs a module in TypeScript, and gives an editor its types', async () => {
    const own = join(folder, 'typed');
    mkdirSync(join(own, 'library'), { recursive: true });
    const write = (name: string, text: string) => writeFileSync(join(own, name), text);
    write(
      'library/greet.ts',
      `import { arg, defineModule } from 'tsplay/module';
export default defineModule({
  summary: 'Greet',
  args: { name: arg.str({ default: 'world', doc: 'Who.' }) },
  plan: ({ name }) => ({ changes: [], result: { text: \`hello \${name.toUpperCase()}\` } }),
});
`,
    );
    write(
      'site.yml',
      '- hosts: all\n  gather_facts: false\n  tasks:\n    - greet:\n      register: r\n    - debug: {msg: "{{ r.text }}"}\n',
    );
    const { code, stdout } = await tsplay(
      'run',
      join(own, 'site.yml'),
      '-i',
      'a,',
      '-c',
      'local',
      '--output',
      'ansible',
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('hello WORLD') });
    const settings = {
      strict: true,
      module: 'nodenext',
      target: 'es2023',
      noEmit: true,
      types: [],
      skipLibCheck: true,
    };
    write('tsconfig.json', JSON.stringify({ compilerOptions: settings, include: ['library'] }));
    expect(await run('node_modules/.bin/tsc', ['-p', own])).toMatchObject({ code: 0, stdout: '' });
  });

  test("runs a user's own playbook, with templates of both kinds", async () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'plain.j2'), 'a {{ word | upper }}\n');
    writeFileSync(join(own, 'plain.hbs'), 'b {{ upper word }}\n');
    writeFileSync(
      join(own, 'site.yml'),
      `- hosts: localhost
  gather_facts: false
  vars: { word: hello }
  tasks:
    - template: { src: plain.j2, dest: ${own}/a }
    - template: { src: plain.hbs, dest: ${own}/b }
    - command: cat ${own}/a ${own}/b
      register: both
    - debug: { msg: "{{ both.stdout_lines | join('+') }}" }
`,
    );
    const { code, stdout } = await tsplay('run', join(own, 'site.yml'));
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('"msg": "a HELLO+b HELLO"') });
  });
});
