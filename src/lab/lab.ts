import pLimit from 'p-limit';
import { type HostChange, listChanges, type Regard } from './changes.ts';
import { labError } from './errors.ts';
import { baselineFile, isRunning, startHost, stopHost, wipeHost } from './host.ts';
import { ensureImage, type ImageOptions } from './image.ts';
import { writeInventory } from './inventory.ts';
import { ensureHostKey, ensureKey, loginKeyFile, writeKnownHosts } from './keys.ts';
import { claimSubnet, ensureBridge, labAddress, removeBridge, setLink } from './network.ts';
import { mountOverlay } from './overlay.ts';
import { ensureProxy, stopProxy } from './proxy.ts';
import { prepareMachine } from './requirements.ts';
import type { Lab, LabHost } from './state.ts';
import * as state from './state.ts';
import { removeTree } from './trees.ts';

/** Told one short line at each step that takes long. */
export type Report = (line: string) => void;

/** Hosts that boot at the same time; more would only wait for each other. */
const atOnce = pLimit(16);

export interface UpOptions extends ImageOptions {
  readonly names: readonly string[];
}

/** Makes the named hosts, or boots those again that do not run; those that run are left as they are. */
export async function up(name: string, { names, ...made }: UpOptions, report: Report): Promise<Lab> {
  for (const host of names) state.checkName('host', host);
  await prepareMachine(report);
  return state.withLabLock(name, async () => {
    const lab = addHosts(state.loadLab(name) ?? (await makeLab(name)), names, {
      release: made.release,
      image: await ensureImage(made, report),
    });
    state.saveLab(lab);
    await start(
      lab,
      lab.hosts.filter((host) => names.includes(host.name)),
      report,
    );
    return lab;
  });
}

/** Ends hosts and forgets them; the whole lab with its network if none are named. */
export function down(name: string, names: readonly string[]): Promise<void> {
  return state.withLabLock(name, async () => {
    const lab = state.requireLab(name);
    const chosen = choose(lab, names);
    await Promise.all(
      chosen.map(async (host) => {
        await stopHost(lab, host);
        await removeTree(state.hostFolder(lab, host));
      }),
    );
    const left = { ...lab, hosts: lab.hosts.filter((host) => !chosen.includes(host)) };
    if (left.hosts.length > 0) return settle(left);
    await stopProxy(lab);
    await removeBridge(lab);
    await state.removeLabFolder(lab);
  });
}

/** Gives hosts a fresh file system and boots them; all of the lab if none are named. */
export function reset(name: string, names: readonly string[], report: Report): Promise<Lab> {
  return state.withLabLock(name, async () => {
    const lab = state.requireLab(name);
    const chosen = choose(lab, names);
    await prepareMachine(report);
    await Promise.all(chosen.map((host) => wipeHost(lab, host)));
    await start(lab, chosen, report);
    return lab;
  });
}

/** Cuts the power of hosts; all of the lab if none are named. `up` boots them again, with what is on their disks. */
export function kill(name: string, names: readonly string[]): Promise<void> {
  return state.withLabLock(name, async () => {
    const lab = state.requireLab(name);
    await Promise.all(choose(lab, names).map((host) => cutPower(lab, host)));
  });
}

/** Without a last word: nobody hears that its programs ended. */
async function cutPower(lab: Lab, host: LabHost): Promise<void> {
  if (isRunning(lab, host)) await setLink(lab, host, 'down');
  await stopHost(lab, host);
}

/** Pulls or plugs the network of hosts that run. */
export async function link(name: string, names: readonly string[], to: 'up' | 'down'): Promise<void> {
  const lab = state.requireLab(name);
  await Promise.all(choose(lab, names).map((host) => setLink(lab, host, to)));
}

/** The files that a host changed against its image, without those that booting changes. */
export async function diff(name: string, hostName: string, regard: Regard = 'all'): Promise<HostChange[]> {
  const lab = state.requireLab(name);
  const host = state.requireHost(lab, hostName);
  const folder = state.hostFolder(lab, host);
  await mountOverlay(host.image, folder);
  return listChanges(host.image, folder, baselineFile(lab, host), regard);
}

export interface HostStatus extends LabHost {
  readonly status: 'running' | 'stopped';
}

export function status(lab: Lab): HostStatus[] {
  return lab.hosts.map((host) => ({ ...host, status: isRunning(lab, host) ? 'running' : 'stopped' }));
}

function choose(lab: Lab, names: readonly string[]): readonly LabHost[] {
  return names.length === 0 ? lab.hosts : names.map((host) => state.requireHost(lab, host));
}

async function makeLab(name: string): Promise<Lab> {
  const folder = state.makeLabFolder(name);
  const taken = new Set(state.listLabs().map((lab) => lab.subnet));
  const lab = { name, folder, subnet: await claimSubnet(folder, taken), hosts: [] };
  state.saveLab(lab);
  return lab;
}

function addHosts(lab: Lab, names: readonly string[], made: Pick<LabHost, 'release' | 'image'>): Lab {
  const hosts = [...lab.hosts];
  for (const name of new Set(names)) {
    const there = hosts.find((host) => host.name === name);
    if (there && there.release !== made.release) {
      throw labError(`${name} is a host of ${there.release}`, `take it down first: tsplay lab down ${name}`);
    }
    if (there) continue;
    const number = lowestFree(hosts.map((host) => host.number));
    if (number > 240) throw labError('a lab holds 240 hosts at most', 'start another one with --lab NAME');
    hosts.push({ name, number, address: labAddress(lab.subnet, 10 + number), ...made });
  }
  return { ...lab, hosts };
}

function lowestFree(taken: readonly number[]): number {
  let number = 1;
  while (taken.includes(number)) number++;
  return number;
}

async function start(lab: Lab, hosts: readonly LabHost[], report: Report): Promise<void> {
  await ensureBridge(lab);
  await ensureKey(loginKeyFile(lab), `tsplay lab ${lab.name}`);
  await ensureProxy(lab);
  await Promise.all(lab.hosts.map((host) => ensureHostKey(lab, host)));
  settle(lab);
  const booting = hosts.filter((host) => !isRunning(lab, host));
  if (booting.length > 0) report(`booting ${booting.map((host) => host.name).join(', ')}`);
  const results = await Promise.allSettled(booting.map((host) => atOnce(() => startHost(lab, host))));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

function settle(lab: Lab): void {
  state.saveLab(lab);
  writeKnownHosts(lab);
  writeInventory(lab);
}
