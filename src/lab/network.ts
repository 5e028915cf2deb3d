import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { execute, succeeds } from './commands.ts';
import { labError } from './errors.ts';
import type { Lab, LabHost } from './state.ts';

interface Link {
  readonly ifalias?: string;
}

/** Address number `last` of the lab's network; 1 is this machine. */
export function labAddress(subnet: number, last: number): string {
  return `10.231.${subnet}.${last}`;
}

export function networkNamespace(lab: Lab, host: LabHost): string {
  return `tsplay-${lab.subnet}-${host.name}`;
}

function bridgeName(subnet: number): string {
  return `tsplay-${subnet}`;
}

/** What our bridges carry as their alias, so that another's is never taken for one of ours. */
function bridgeMark(folder: string): string {
  return `tsplay lab ${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
}

/** Finds a free subnet and makes its bridge; making the bridge is what claims it. */
export async function claimSubnet(folder: string, taken: ReadonlySet<number>): Promise<number> {
  const inUse = await execute('ip', ['-4', 'addr']).then(async (text) => text + (await execute('ip', ['-4', 'route'])));
  for (let subnet = 0; subnet < 256; subnet++) {
    if (taken.has(subnet) || inUse.includes(`10.231.${subnet}.`)) continue;
    if (await makeBridge(folder, subnet)) return subnet;
  }
  throw labError('no subnet of 10.231.0.0/16 is free', 'take a lab down: tsplay lab status');
}

/** Makes sure that the lab's bridge is there, also after this machine was started anew. */
export async function ensureBridge(lab: Lab): Promise<void> {
  if (await makeBridge(lab.folder, lab.subnet)) return;
  await checkBridge(lab);
  await configureBridge(lab.folder, lab.subnet);
}

export async function removeBridge(lab: Lab): Promise<void> {
  if (!(await findLink(bridgeName(lab.subnet)))) return;
  await checkBridge(lab);
  await execute('ip', ['link', 'del', bridgeName(lab.subnet)]);
}

async function makeBridge(folder: string, subnet: number): Promise<boolean> {
  if (!(await succeeds('ip', ['link', 'add', bridgeName(subnet), 'type', 'bridge']))) return false;
  await configureBridge(folder, subnet);
  return true;
}

async function configureBridge(folder: string, subnet: number): Promise<void> {
  const bridge = bridgeName(subnet);
  await execute('ip', ['link', 'set', 'dev', bridge, 'alias', bridgeMark(folder)]);
  await execute('ip', ['addr', 'replace', `${labAddress(subnet, 1)}/24`, 'dev', bridge]);
  await execute('ip', ['link', 'set', bridge, 'up']);
}

async function checkBridge(lab: Lab): Promise<void> {
  const bridge = bridgeName(lab.subnet);
  const link = await findLink(bridge);
  // A crash may come between making a bridge and marking it: one without any alias under our name is ours.
  if (!link?.ifalias || link.ifalias === bridgeMark(lab.folder)) return;
  throw labError(`the network ${bridge} belongs to another lab`, `remove ${lab.folder} if that lab is gone`);
}

async function findLink(name: string): Promise<Link | undefined> {
  if (!existsSync(`/sys/class/net/${name}`)) return undefined;
  return (JSON.parse(await execute('ip', ['-j', 'link', 'show', 'dev', name])) as Link[])[0];
}

/** Gives a host a network namespace with an eth0 on the bridge. */
export async function connectHost(lab: Lab, host: LabHost): Promise<void> {
  await disconnectHost(lab, host);
  const namespace = networkNamespace(lab, host);
  const outside = outsideLink(lab, host);
  await execute('ip', ['netns', 'add', namespace]);
  await execute('ip', ['link', 'add', outside, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace]);
  await execute('ip', ['link', 'set', outside, 'master', bridgeName(lab.subnet), 'up']);
  const inside = [
    'link set lo up',
    `addr add ${host.address}/24 dev eth0`,
    'link set eth0 up',
    `route add default via ${labAddress(lab.subnet, 1)}`,
  ];
  await execute('ip', ['-n', namespace, '-batch', '-'], { input: `${inside.join('\n')}\n` });
  // The address may have been another host's a moment ago; a stale neighbour would answer for seconds.
  await execute('ip', ['neigh', 'flush', 'to', host.address, 'dev', bridgeName(lab.subnet)]);
}

/** Removes the host's namespace; its link goes with it. */
export async function disconnectHost(lab: Lab, host: LabHost): Promise<void> {
  const namespace = networkNamespace(lab, host);
  if (existsSync(`/run/netns/${namespace}`)) await execute('ip', ['netns', 'del', namespace]);
  const outside = outsideLink(lab, host);
  if (existsSync(`/sys/class/net/${outside}`)) await succeeds('ip', ['link', 'del', outside]);
}

/** Pulls a host's cable, or puts it back: packets vanish, and nobody is told. */
export async function setLink(lab: Lab, host: LabHost, to: 'up' | 'down'): Promise<void> {
  await execute('ip', ['link', 'set', outsideLink(lab, host), to]);
}

function outsideLink({ subnet }: Lab, { number }: LabHost): string {
  return `tspl${subnet}-${number}`;
}

/** Pids of everything that runs in the host's namespace. */
export async function hostProcesses(lab: Lab, host: LabHost): Promise<number[]> {
  const namespace = networkNamespace(lab, host);
  if (!existsSync(`/run/netns/${namespace}`)) return [];
  const pids = await execute('ip', ['netns', 'pids', namespace]);
  return pids.split('\n').filter(Boolean).map(Number);
}
