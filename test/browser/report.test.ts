import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { run } from '../lab/run.ts';
import { describeInBrowser, look, picture } from './chromium.ts';

const folder = mkdtempSync(join(tmpdir(), 'tsplay-page-'));
afterAll(() => rmSync(folder, { recursive: true }));
const page = join(folder, 'report.html');
const tsplay = (...args: string[]) =>
  run(process.execPath, ['dist/tsplay.js', ...args], '', { ...process.env, TSPLAY_STATE_DIR: join(folder, 'state') });

describeInBrowser('the page of a failed and resumed run of five hosts', () => {
  beforeAll(async () => {
    writeFileSync(
      join(folder, 'play.yml'),
      `- name: <img src=x onerror="document.title='taken'">
  hosts: all
  gather_facts: false
  tasks:
    - phase: {name: prepare, purpose: "</title><script>document.title='taken'</script>"}
      block:
        - {name: Write, copy: {content: "<script>document.title='taken'</script>", dest: "${folder}/{{ inventory_hostname }}"}, diff: true}
    - phase: {name: check, needs: [prepare]}
      block:
        - {name: Look, stat: {path: ${folder}/there}, register: it, failed_when: "not it.stat.exists and inventory_hostname == 'h3'"}
        - {name: Last, command: "true"}
`,
    );
    const hosts = ['-i', 'h1,h2,h3,h4,h5,', '-c', 'local'];
    expect((await tsplay('run', join(folder, 'play.yml'), ...hosts)).code).toBe(2);
    writeFileSync(join(folder, 'there'), '');
    expect((await tsplay('resume')).code).toBe(0);
    expect((await tsplay('report', '-o', page)).code).toBe(0);
  }, 120_000);

  test('runs its own script, and nothing of a host', async () => {
    const { dom, console } = await look(page);
    expect(console).toEqual([]);
    expect(dom).toMatch(/<title>succeeded: run [\d-]+[0-9a-f]+<\/title>/);
    expect(dom).toMatch(/<form id="filter" class="filter" role="search">/);
    expect(dom.match(/class="lane"/g)).toHaveLength(5);
    expect(dom).toContain('resumed after');
  });

  test('lets no other script or style run', async () => {
    const changed = join(folder, 'changed.html');
    copyFileSync(page, changed);
    appendFileSync(changed, '<script>document.title="taken"</script><p style="color:red">x</p>');
    const { dom, console } = await look(changed);
    expect(dom).not.toContain('<title>taken');
    expect(console.join('\n')).toMatch(/Content Security Policy/);
  });

  test('opens the task that a link names', async () => {
    const { dom } = await look(page, { at: '#task-1' });
    expect(dom).toMatch(/<details class="task" id="task-1" data-statuses="changed" open="">/);
    expect(dom).toMatch(/<details class="task" id="task-2" data-statuses="ok">/);
  });

  test('has landmarks, one first heading, names for all it shows and no id twice', async () => {
    const { dom } = await look(page);
    for (const landmark of ['<header', '<nav aria-label', '<main id="main"', '<footer'])
      expect(dom).toContain(landmark);
    expect(dom.match(/<h1/g)).toHaveLength(1);
    const ids = [...dom.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of dom.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)) expect(ids).toContain(target);
    const pictures = [...dom.matchAll(/<svg[^>]*>/g)].map(([tag]) => tag);
    expect(pictures.filter((tag) => !/aria-hidden="true"|aria-label(ledby)?="/.test(tag))).toEqual([]);
  });

  test.each([
    { name: 'light', how: {}, background: [245, 246, 244] },
    { name: 'dark', how: { dark: true }, background: [18, 20, 23] },
    { name: 'narrow', how: { width: 500 }, background: [245, 246, 244] },
  ])('is drawn $name', async ({ name, how, background }) => {
    const file = join(folder, `${name}.png`);
    await picture(page, file, how);
    const { corner, colors } = readPng(readFileSync(file));
    expect(corner).toEqual(background);
    expect(colors).toBeGreaterThan(40);
  });
});

/** The colour of the last pixel, and how many colours there are. */
function readPng(bytes: Buffer): { readonly corner: number[]; readonly colors: number } {
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const channels = bytes[25] === 6 ? 4 : 3;
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  const rows = unfiltered(inflateSync(Buffer.concat(parts)), width * channels, height, channels);
  const colors = new Set<number>();
  for (let at = 0; at < rows.length; at += channels) colors.add(rows.readUIntBE(at, 3));
  return { corner: [...rows.subarray(-channels, rows.length - channels + 3)], colors: colors.size };
}

/** Undoes what PNG does to rows before they are packed. */
function unfiltered(raw: Buffer, stride: number, height: number, step: number): Buffer {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const kind = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < step ? 0 : out[at - step]!;
      const up = y === 0 ? 0 : out[at - stride]!;
      const corner = x < step || y === 0 ? 0 : out[at - stride - step]!;
      const guess =
        kind === 1 ? left : kind === 2 ? up : kind === 3 ? (left + up) >> 1 : kind === 4 ? paeth(left, up, corner) : 0;
      out[at] = raw[y * (stride + 1) + 1 + x]! + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(estimate - value)) as [number, number, number];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
