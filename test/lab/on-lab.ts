import { afterAll, beforeAll, describe } from '@jest/globals';
import type { HostChange, Regard } from '../../src/lab/changes.ts';
import type { ImageOptions } from '../../src/lab/image.ts';
import { inventoryFile } from '../../src/lab/inventory.ts';
import * as labs from '../../src/lab/lab.ts';
import { unsupported } from '../../src/lab/requirements.ts';
import { type Lab, listLabs, requireHost } from '../../src/lab/state.ts';
import { Connections } from './connections.ts';
import type { Answer } from './run.ts';

/** Milliseconds; the first use on a machine builds the image. */
const BUILD_TIMEOUT = 900_000;
/** Milliseconds for one test on hosts. */
const TEST_TIMEOUT = 120_000;

/** The lab of one test file. Its members may be used inside tests and hooks only, when the hosts run. */
export interface TestLab {
  readonly name: string;
  /** Inventory of the hosts, for `-i`. */
  readonly inventory: string;
  address(host: string): string;
  /** Runs a command line on a host with its login shell. */
  ssh(host: string, command: string, options?: { user?: string; input?: string }): Promise<Answer>;
  changes(host: string, regard?: Regard): Promise<HostChange[]>;
  reset(...hosts: string[]): Promise<void>;
  /** Cuts the power. */
  kill(...hosts: string[]): Promise<void>;
  /** Boots hosts that were killed, with what is on their disks. */
  boot(...hosts: string[]): Promise<void>;
  /** Pulls the network cable. */
  cut(...hosts: string[]): Promise<void>;
  mend(...hosts: string[]): Promise<void>;
}

export interface TestLabOptions extends Partial<ImageOptions> {
  readonly hosts: readonly string[];
}

let suites = 0;

/**
 * A group of tests with hosts of their own, so that test files run side by side. Where no lab can run, the tests are
 * skipped and a line says so; with TSPLAY_REQUIRE_LAB=1 that is a failure.
 */
export function describeOnLab(title: string, options: TestLabOptions, body: (lab: TestLab) => void): void {
  const reason = unsupported();
  const handle = new TestLabHandle(`test-${process.pid}-${++suites}`);
  if (reason !== undefined) {
    skip(title, reason, () => body(handle));
    return;
  }
  describe(title, () => {
    beforeAll(async () => {
      await removeForgotten();
      await handle.start(options);
    }, BUILD_TIMEOUT);
    afterAll(() => handle.stop(), TEST_TIMEOUT);
    body(handle);
  });
}

/** For `test(name, run, labTimeout)`. */
export const labTimeout = TEST_TIMEOUT;

function skip(title: string, reason: string, body: () => void): void {
  if (process.env['TSPLAY_REQUIRE_LAB'] === '1') throw new Error(`"${title}" must run: ${reason}`);
  process.stderr.write(`SKIPPED on this machine: all tests of "${title}" (${reason})\n`);
  describe.skip(title, body);
}

/** Takes down the labs of test runs that ended without doing so. */
async function removeForgotten(): Promise<void> {
  for (const { name } of listLabs()) {
    const pid = Number(/^test-(\d+)-/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) await labs.down(name, []).catch(() => {}); // another run may be doing the same
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

class TestLabHandle implements TestLab {
  readonly name: string;
  readonly #connections = new Connections();
  #lab: Lab | undefined;

  constructor(name: string) {
    this.name = name;
  }

  async start({ hosts, release = 'bookworm', setup = [] }: TestLabOptions): Promise<void> {
    this.#lab = await labs.up(this.name, { names: hosts, release, setup }, () => {});
  }

  async stop(): Promise<void> {
    if (!this.#lab) return;
    await this.#connections.close(this.#lab, []);
    await labs.down(this.name, []);
  }

  get inventory(): string {
    return inventoryFile(this.#running());
  }

  address(host: string): string {
    return requireHost(this.#running(), host).address;
  }

  ssh(host: string, command: string, { user = 'root', input = '' } = {}): Promise<Answer> {
    return this.#connections.run(this.#running(), host, user, command, input);
  }

  changes(host: string, regard?: Regard): Promise<HostChange[]> {
    return labs.diff(this.name, host, regard);
  }

  async reset(...hosts: string[]): Promise<void> {
    await this.#connections.close(this.#running(), hosts);
    await labs.reset(this.name, hosts, () => {});
  }

  async kill(...hosts: string[]): Promise<void> {
    await this.#connections.close(this.#running(), hosts);
    await labs.kill(this.name, hosts);
  }

  async boot(...names: string[]): Promise<void> {
    const [host] = this.#running().hosts;
    await labs.up(this.name, { names, release: host?.release ?? 'bookworm' }, () => {});
  }

  async cut(...hosts: string[]): Promise<void> {
    await this.#connections.close(this.#running(), hosts);
    await labs.link(this.name, hosts, 'down');
  }

  mend(...hosts: string[]): Promise<void> {
    return labs.link(this.name, hosts, 'up');
  }

  #running(): Lab {
    if (!this.#lab) throw new Error('the lab runs only while tests do');
    return this.#lab;
  }
}
