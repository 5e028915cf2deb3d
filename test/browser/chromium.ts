import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../lab/run.ts';
import { describeWith } from '../lab/with-program.ts';

/** Tests that look at pages with a real browser. */
export function describeInBrowser(title: string, body: () => void): void {
  describeWith('chromium', title, body);
}

export interface Look {
  readonly width?: number;
  readonly dark?: boolean;
  /** Part of the page to go to: `#task-3`. */
  readonly at?: string;
}

export interface Seen {
  /** The page as it is after its scripts ran. */
  readonly dom: string;
  /** What the page said on the console, and what the browser refused. */
  readonly console: readonly string[];
}

/** Opens a page and gives what it became. */
export async function look(path: string, how: Look = {}): Promise<Seen> {
  const { stdout, stderr } = await chromium(path, how, ['--dump-dom']);
  return { dom: stdout, console: stderr.split('\n').filter((line) => line.includes(':CONSOLE')) };
}

/** A picture of the page as PNG. */
export async function picture(path: string, file: string, how: Look = {}): Promise<void> {
  await chromium(path, how, [`--screenshot=${file}`]);
}

async function chromium(path: string, { width = 1280, dark = false, at = '' }: Look, more: readonly string[]) {
  const profile = mkdtempSync(join(tmpdir(), 'tsplay-browser-'));
  const options = [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--enable-logging=stderr'],
    ...['--no-first-run', '--disable-background-networking', '--virtual-time-budget=3000'],
    `--user-data-dir=${profile}`,
    `--window-size=${width},1600`,
    ...(dark ? ['--blink-settings=preferredColorScheme=0'] : []),
  ];
  try {
    return await run('chromium', [...options, ...more, `file://${path}${at}`]);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
