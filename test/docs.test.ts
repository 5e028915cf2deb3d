import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { moduleTable } from '../src/engine/modules/index.ts';
import { tsplay } from './lab/tsplay.ts';

const PAGES = ['README.md', 'CONTRIBUTING.md', ...pagesBelow('docs')];

/** Its blocks come from the modules, which are looked at themselves. */
const MODULE_PAGES = join('docs', 'modules');
/** Its blocks are mistakes on purpose. */
const MISTAKES = join('docs', 'lint.md');

function pagesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
}

/** Texts of the fenced blocks of a language. */
function blocks(page: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms');
  return [...readFileSync(page, 'utf8').matchAll(fence)].map(([, text]) => text ?? '');
}

test.each(PAGES)('links of %s lead to files', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path]) => path ?? '');
  expect(links.filter((path) => !existsSync(join(dirname(page), path)))).toEqual([]);
});

describe('commands', () => {
  const lines = PAGES.flatMap((page) => blocks(page, 'sh'))
    .flatMap((text) => text.split(/\n|&&/))
    .map((line) => line.replace(/(?:^| )#.*/, '').trim())
    .filter((line) => line.startsWith('tsplay '));

  test.each([...new Set(lines)].filter((line) => !line.startsWith('tsplay --')))('%s', async (line) => {
    const [, command = '', ...words] = line.split(/\s+/);
    const { code, stdout } = await tsplay(command, '--help');
    const options = words.filter((word) => /^--?[a-z]/i.test(word));
    expect({ code, unknown: options.filter((option) => !stdout.includes(option)) }).toEqual({ code: 0, unknown: [] });
  });
});

describe('examples have no mistake that can be known without a host:', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-docs-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const tasks = new Map<string, string>();
  beforeAll(async () => {
    for (const entry of moduleTable) {
      const { examples } = (await entry.load()) as { readonly examples?: string };
      if (examples) tasks.set(entry.name, examples);
    }
    for (const page of PAGES) {
      if (page.startsWith(MODULE_PAGES) || page === MISTAKES) continue;
      for (const [index, text] of blocks(page, 'yaml').entries())
        if (text.startsWith('- ')) tasks.set(`${page} ${index}`, text);
    }
  });

  test('those of modules and pages', async () => {
    const files = [...tasks].map(([name, text], index) => {
      const play = /^- .*\n? *hosts:/m.test(text) ? text : `- hosts: all\n  tasks:\n${text.replace(/^/gm, '    ')}`;
      const path = join(folder, `${index}.yml`);
      writeFileSync(path, play);
      return { name, path };
    });
    const rules = 'parse,module-arguments,duplicate-key,template-syntax';
    const { stdout } = await tsplay('lint', '--rules', rules, ...files.map(({ path }) => path));
    const wrong = files.filter(({ path }) => stdout.includes(path)).map(({ name }) => name);
    expect({ wrong, stdout }).toEqual({ wrong: [], stdout: 'nothing found\n' });
    expect(files.length).toBeGreaterThan(moduleTable.length / 2);
  });
});
