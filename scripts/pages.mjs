// Pages of docs/ that are made: written, or with --check only compared.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const checkOnly = process.argv.includes('--check');

/** Writes a page; with --check says that it is out of date, and lets the process fail. */
export function writePage(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  if (checkOnly) outOfDate(path);
  else writeFileSync(path, text);
}

/** Writes `pages` (name of the file to its text) as the whole content of a folder; others in it are removed. */
export function writePages(folder, pages) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of pages) writePage(join(folder, name), text);
  for (const name of readdirSync(folder)) {
    if (pages.has(name)) continue;
    if (checkOnly) outOfDate(join(folder, name));
    else rmSync(join(folder, name));
  }
}

/** A table in Markdown; a bar in a cell would end it. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |\n`;
  return `${line(head)}${line(head.map(() => '---'))}${rows.map(line).join('')}`;
}

function outOfDate(path) {
  console.error(`${path} is out of date: node scripts/${basename(process.argv[1])}`);
  process.exitCode = 1;
}
