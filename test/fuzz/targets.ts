import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { readConfig } from '../../src/cli/run/config.ts';
import { loadInventory } from '../../src/engine/inventory/load.ts';
import { matchHosts } from '../../src/engine/inventory/patterns/match.ts';
import { lintPaths } from '../../src/engine/lint/lint.ts';
import type { Raw } from '../../src/engine/model/value.ts';
import { actionTable } from '../../src/engine/modules/registry.ts';
import { KEYWORDS } from '../../src/engine/playbook/keywords.ts';
import { Loader } from '../../src/engine/playbook/loader.ts';
import { loadPlaybook } from '../../src/engine/playbook/playbook.ts';
import type { LoadOptions } from '../../src/engine/playbook/types.ts';
import { compileExpression, compileText, evaluate, renderTemplate } from '../../src/engine/template/compile.ts';
import { renderHandlebars } from '../../src/engine/template/handlebars.ts';
import { hasPlugin } from '../../src/engine/template/registry.ts';
import { Password } from '../../src/engine/vault/password.ts';
import { encrypt, Vault } from '../../src/engine/vault/vault.ts';
import { python, scopeOf, VARS as VALUES } from '../engine/template/support.ts';
import { mutateBytes, mutateText } from './mutate-text.ts';
import { mutateTree } from './mutate-tree.ts';
import { oneOf, type Random } from './random.ts';
import * as seeds from './seeds.ts';

/** Something that reads what users write. */
export interface Target {
  readonly name: string;
  /** How many of a hundred cases are its own. */
  readonly share: number;
  /** Names of files, and the right content of each: in every case one of them is wrong. */
  readonly files: Readonly<Record<string, string>>;
  /** Reads the files, which stand in a folder. Throws what a user would be told. */
  read(folder: string, changed: string): unknown;
}

const KEYS: readonly string[] = [
  ...new Set([...KEYWORDS.map(({ name }) => name), 'block', 'rescue', 'debug', 'import_tasks', 'include_role', 'role']),
  ...['hosts', 'children', 'plugin', 'options', 'type', 'elements', 'main', 'dependencies', 'all', '<<', 'with_items'],
];

/** The content of a case: wrong in its values, in its letters or in its bytes. */
export function mutated(name: string, text: string, next: Random): Buffer {
  const isYaml = name.endsWith('.yml');
  const way = next(isYaml ? 10 : 6);
  if (way >= 5) return Buffer.from(isYaml ? mutateTree(parse(text, PARSING), KEYS, next) : mutateText(text, next));
  if (way >= 1) return Buffer.from(mutateText(text, next));
  return mutateBytes(text, next);
}

// What the seeds have beyond plain YAML is text to those who change them.
const PARSING = { merge: false, logLevel: 'silent' } as const;

const PLAYBOOK_FILES = {
  'site.yml': seeds.PLAYBOOK,
  'more.yml': '- hosts: all\n  roles: [base]\n',
  'other.yml': '- debug: {msg: hi}\n',
  'vars.yml': seeds.VARS,
  'roles/r/tasks/main.yml': seeds.ROLE_TASKS,
  'roles/r/tasks/more.yml': '- debug:\n',
  'roles/r/handlers/main.yml': '- name: changed\n  debug: {msg: x}\n',
  'roles/r/meta/main.yml': seeds.ROLE_META,
  'roles/r/meta/argument_specs.yml': seeds.ROLE_SPECS,
  'roles/r/defaults/main.yml': seeds.VARS,
  'roles/r/templates/a.j2': seeds.TEMPLATE,
  'roles/base/tasks/main.yml': '- debug:\n',
};

const READING: LoadOptions = {
  actions: actionTable,
  hasLookup: (name) => hasPlugin('lookup', name),
  rolePaths: ['/nowhere'],
  ownRolePaths: [],
  collectionsPaths: [],
};

const INVENTORY_FILES = {
  'inv/hosts.yml': seeds.YAML_INVENTORY,
  'inv/hosts': seeds.INI_INVENTORY,
  'inv/z.yml': seeds.CONSTRUCTED,
  'inv/group_vars/web.yml': seeds.VARS,
};

const PASSWORD = new Password(Buffer.from('p'));
const VAULT = new Vault([{ id: 'dev', password: PASSWORD }]);

export const TARGETS: readonly Target[] = [
  { name: 'playbook', share: 30, files: PLAYBOOK_FILES, read: readPlaybook },
  {
    name: 'lint',
    share: 4,
    files: PLAYBOOK_FILES,
    read: async (folder) => {
      const broken = (await lintPaths([folder], { reading: READING })).find(({ rule }) => rule === 'internal');
      if (broken) throw new Error(broken.message);
    },
  },
  {
    name: 'inventory',
    share: 20,
    files: INVENTORY_FILES,
    read: async (folder) => {
      const inventory = await loadInventory([join(folder, 'inv')], {
        compile: compileText,
        onWarning: () => {},
        scopeOf: (_inventory, host) => scopeOf({ ...(python(VALUES) as object), inventory_hostname: host }),
      });
      matchHosts(inventory, 'all:!web');
    },
  },
  {
    name: 'pattern',
    share: 5,
    files: Object.fromEntries(seeds.PATTERNS.map((text, index) => [String(index), text])),
    read: async (folder, changed) => {
      const pattern = readFileSync(join(folder, changed), 'utf8');
      const inventory = await loadInventory(['h01,h02,web,w1.example.org,'], {
        compile: compileText,
        onWarning: () => {},
      });
      matchHosts(inventory, pattern);
      matchHosts(inventory, 'all', { limit: pattern.replace(/@.*/s, '') });
    },
  },
  {
    name: 'template',
    share: 26,
    files: Object.fromEntries([seeds.TEMPLATE, ...seeds.MORE_TEMPLATES].map((text, index) => [`${index}.j2`, text])),
    read: (folder, changed) =>
      renderTemplate(readFileSync(join(folder, changed), 'utf8'), scopeOf(VARIABLES), { file: changed }),
  },
  {
    name: 'condition',
    share: 5,
    files: Object.fromEntries(seeds.CONDITIONS.map((text, index) => [String(index), text])),
    read: (folder, changed) =>
      compileExpression(readFileSync(join(folder, changed), 'utf8')).evaluate(scopeOf(VARIABLES)),
  },
  {
    name: 'handlebars',
    share: 4,
    files: { 'x.hbs': seeds.HANDLEBARS },
    read: (folder, changed) =>
      renderHandlebars(readFileSync(join(folder, changed), 'utf8'), scopeOf(VARIABLES), { file: changed }),
  },
  {
    name: 'config',
    share: 4,
    files: { 'ansible.cfg': seeds.CONFIG },
    read: (folder, changed) => readConfig({ ANSIBLE_CONFIG: join(folder, changed) }, folder),
  },
  {
    name: 'vault',
    share: 2,
    files: {
      secret: encrypt(Buffer.from('secret text'), PASSWORD, { id: 'dev', salt: Buffer.alloc(32, 1) }),
    },
    read: (folder, changed) => VAULT.open(readFileSync(join(folder, changed))),
  },
];

const VARIABLES = new Map(Object.entries(VALUES).map(([name, value]): [string, Raw] => [name, python(value)]));

/** All that is static is read, and what is written in it evaluated. */
function readPlaybook(folder: string): void {
  const loader = new Loader({ ...READING, scope: scopeOf(VARIABLES), onWarning: () => {} });
  const { errors } = loader.gathering(() => loader.attempt(() => loadPlaybook(join(folder, 'site.yml'), loader)));
  for (const file of ['vars.yml', 'roles/r/defaults/main.yml']) {
    const node = loader.read(join(folder, file));
    if (node) evaluate(loader.raw(node), scopeOf(VARIABLES));
  }
  if (errors[0]) throw errors[0];
}

/** Writes the right content of a target's files. */
export function prepare(target: Target, folder: string): void {
  for (const [name, text] of Object.entries(target.files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

export interface Case {
  readonly target: Target;
  readonly file: string;
  readonly content: Buffer;
}

/** One case, which depends on nothing but the numbers. */
export function caseOf(next: Random): Case {
  const dice = TARGETS.flatMap((target) => new Array<Target>(target.share).fill(target));
  const target = oneOf(dice, next);
  const file = oneOf(Object.keys(target.files), next);
  return { target, file, content: mutated(file, target.files[file]!, next) };
}
