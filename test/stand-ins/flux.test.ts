import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, run } from '../lab/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'flux-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Evaluates an expression of Python with the package `flux` at hand. */
function python(imports: string, expression: string): Promise<Answer> {
  const script = `import json; ${imports}; print(json.dumps(${expression}))`;
  return run('python3', ['-B', '-c', script], '', { ...process.env, PYTHONPATH: import.meta.dirname });
}

const MAP = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;

describe('what a Kustomization applies', () => {
  beforeAll(() => {
    const files = {
      'all/kustomization.yaml': 'resources: [one.yaml, below]\nnamespace: apps\n',
      'all/one.yaml': `${MAP('one')}---\n${MAP('two')}`,
      'all/below/kustomization.yaml': 'resources:\n  - three.yaml\n  # - four.yaml\n',
      'all/below/three.yaml': MAP('three'),
      'all/below/four.yaml': 'a: [',
      'plain/a.yaml': MAP('a'),
      'plain/deeper/b.yaml': MAP('b'),
      'missing/kustomization.yaml': 'resources: [gone.yaml]\n',
      'no-list/kustomization.yaml': 'resources: [../plain]\n',
      'broken/kustomization.yaml': 'resources: [a.yaml]\n',
      'broken/a.yaml': 'a: [',
      'unknown/kustomization.yaml': 'patches: []\n',
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  const build = (path: string) =>
    python(
      'from flux.build import build',
      `[[each['metadata'].get('namespace'), each['metadata']['name']] for each in build('${join(folder, path)}', lambda *_: True)]`,
    );

  test.each([
    {
      path: 'all',
      objects: [
        ['apps', 'one'],
        ['apps', 'two'],
        ['apps', 'three'],
      ],
    },
    {
      path: 'plain',
      objects: [
        [null, 'a'],
        [null, 'b'],
      ],
    },
  ])('$path', async ({ path, objects }) => {
    expect(JSON.parse((await build(path)).stdout)).toEqual(objects);
  });

  test.each([
    ['missing', 'gone.yaml: no such file or directory'],
    ['no-list', "unable to find one of 'kustomization.yaml'"],
    ['broken', 'MalformedYAMLError'],
    ['unknown', 'does not know "patches"'],
  ])('not %s', async (path, message) => {
    const { code, stderr } = await build(path);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(message) });
  });
});

describe('the command line', () => {
  const flux = (...args: string[]) =>
    run('python3', ['-B', join(import.meta.dirname, 'flux/bin/flux'), ...args], '', {
      ...process.env,
      STAND_INS: import.meta.dirname,
      KUBECONFIG: join(folder, 'none'),
    });

  test.each([
    [['version'], { code: 0, stdout: 'flux: v2.3.0\n' }],
    [
      ['get', 'kustomizations'],
      { code: 1, stderr: expect.stringMatching(/^✗ Kubernetes client initialization failed: /) },
    ],
    [['reconcile', 'helmrelease', 'a'], { code: 1, stderr: expect.stringMatching(/^✗ .*invalid choice/) }],
  ])('%j', async (args, answer) => {
    expect(await flux(...args)).toMatchObject(answer);
  });

  test('cuts digests, and reads times', async () => {
    const said = await python(
      'from flux.console import short; from flux.objects import seconds',
      `[short('main@sha1:' + 'a1' * 20), seconds('1m30s'), seconds('500ms')]`,
    );
    expect(JSON.parse(said.stdout)).toEqual(['main@sha1:a1a1a1a1', 90, 0.5]);
  });
});
