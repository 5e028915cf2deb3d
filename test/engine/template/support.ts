import { Buffer } from 'node:buffer';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dict, Float, type Raw, type Scope, type Value } from '../../../src/engine/model/value.ts';
import { compileText, evaluate, type RenderOptions, renderTemplate } from '../../../src/engine/template/compile.ts';

export interface TestScope extends Scope {
  readonly warnings: string[];
  readonly secrets: string[];
}

/** A scope over a record or Map; Deferred values are evaluated once, when they are read. */
export function scopeOf(
  vars: Record<string, Raw> | ReadonlyMap<string, Raw>,
  world: { readonly playbookDir?: string; readonly searchPath?: readonly string[] } = {},
): TestScope {
  const entries: ReadonlyMap<string, Raw> = vars instanceof Map ? vars : new Map(Object.entries(vars));
  const memo = new Map<string, Value>();
  const warnings: string[] = [];
  const secrets: string[] = [];
  const scope: TestScope = {
    warnings,
    secrets,
    get(name) {
      const raw = entries.get(name);
      if (raw === undefined) return undefined;
      if (!memo.has(name)) memo.set(name, evaluate(raw, scope));
      return memo.get(name);
    },
    raw: (name) => entries.get(name),
    names: () => entries.keys(),
    with: (more) => scopeOf(new Map([...entries, ...more]), world),
    world: {
      searchPath: world.searchPath ?? [],
      playbookDir: world.playbookDir ?? '/nowhere',
      env: { HOME: '/home/ann' },
      readFile: (path) => readFileSync(path),
      compile: compileText,
      secret: (value) => secrets.push(value),
      warn: (message) => warnings.push(message),
    },
  };
  return scope;
}

/** Python's value for plain JS data: records become dicts. */
export function python(data: unknown): Value {
  if (Array.isArray(data)) return data.map(python);
  if (data === null || typeof data !== 'object' || data instanceof Float || Buffer.isBuffer(data)) return data as Value;
  const dict: Dict = new Map();
  for (const [key, value] of Object.entries(data)) dict.set(key, python(value));
  return dict;
}

/** Runs `job` with a folder of files that is removed afterwards. */
export function withFiles<T>(files: Readonly<Record<string, string>>, job: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-template-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return job(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Variables that the tables of tests share. */
export const VARS: Readonly<Record<string, unknown>> = {
  a: 1,
  b: 'two',
  l: [3, 1, 2],
  ls: ['b', 'a', 'C'],
  d: { x: 1, y: { z: 'deep' }, items: 'shadow' },
  empty: [],
  s: 'hello world',
  no: null,
  t: true,
  users: [
    { name: 'ann', age: 30, g: 'x' },
    { name: 'bob', age: 20, g: 'y' },
    { name: 'Cy', age: 25, g: 'x' },
  ],
  html: `<b>"x" & 'y'</b>`,
  multi: 'one\ntwo\n\nthree',
  f: 2.5,
  u: 'héllo wörld',
};

/** Templates that `render` finds beside the one it renders. */
export const FILES = {
  'base.j2': '<{% block head %}H{% endblock %}|{% block body %}B{% endblock %}>\n',
  'mid.j2': "{% extends 'base.j2' %}{% block head %}M{{ super() }}{% endblock %}",
  'inc.j2': "[{{ a | default('none') }}]\n",
  'lib.j2':
    "{% set version = 7 %}{% macro hi(n, p='!') %}hi {{ n }}{{ p }}{% endmacro %}{% macro _priv() %}{% endmacro %}{% macro seen() %}{{ a is defined }}{% endmacro %}",
  'item.j2': '({{ item }})',
};

/** Renders a template called `main.j2` exactly as Jinja2 does, beside FILES. */
export function render(src: string, vars: Readonly<Record<string, unknown>> = {}, options?: RenderOptions): string {
  const dict = python(vars) as ReadonlyMap<string, Raw>;
  if (!/include|import|extends/.test(src))
    return renderTemplate(src, scopeOf(dict), { file: 'main.j2', options, exact: true });
  return withFiles(FILES, (folder) =>
    renderTemplate(src, scopeOf(dict, { playbookDir: folder }), { file: 'main.j2', options, exact: true }),
  );
}
