// The phases that only look: connections, systems, hosts, what k0s is there already.
import { Failure, info, line, warn } from './log.mjs';

const SKEW = 30;

export async function connect({ each }) {
  await each(async (host) => {
    const { code, stderr } = await host.attempt('true');
    if (code !== 0) throw new Failure(`${host.name}: ${stderr.trim()}`);
    host.say('connected');
  });
}

export async function detectSystems({ each }) {
  await each(async (host) => {
    const system = (await host.run('. /etc/os-release; echo "$PRETTY_NAME"')).trim();
    host.say(`is running ${system}`);
  });
}

export async function gatherFacts({ each }) {
  await each(async (host) => {
    const machine = (await host.run('uname -m')).trim();
    host.facts.processor = { x86_64: 'amd64', aarch64: 'arm64' }[machine] ?? machine;
    host.say(`detected ${host.facts.processor} architecture`);
    host.facts.hostname = (host.given.hostname ?? (await host.run('hostname')).trim()).toLowerCase();
    host.say(`using ${host.facts.hostname} ${host.given.hostname ? 'from configuration ' : ''}as hostname`);
  });
}

export async function validateHosts({ hosts, each }) {
  const unique = (what, value) => hosts.filter((host) => value(host) === what).length === 1;
  await each(async (host) => {
    if (!unique(host.facts.hostname, ({ facts }) => facts.hostname))
      throw new Failure(`${host.name}: hostname is not unique: ${host.facts.hostname}`);
    if (!unique(host.address, ({ address }) => address))
      throw new Failure(`${host.name}: privateAddress "${host.address}" is not unique: ${host.facts.hostname}`);
  });
  info('validating clock skew');
  const skews = await Promise.all(
    hosts.map(async (host) => Math.round(Date.now() / 1000) - Number(await host.run('date +%s'))),
  );
  const middle = [...skews].sort((a, b) => a - b)[Math.floor(skews.length / 2)];
  const wrong = hosts.filter((host, index) => {
    const off = Math.abs(skews[index] - middle);
    if (off > SKEW) line('error', `${host.name}: clock skew of ${off} seconds exceeds the maximum of ${SKEW} seconds`);
    return off > SKEW;
  });
  if (wrong.length > 0) throw new Failure(`clock skew exceeds the maximum on ${wrong.length} hosts`);
}

export async function gatherK0s(run) {
  for (const host of [...run.controllers, ...run.workers]) await investigate(run, host);
  const leader = run.leader;
  if (!leader.facts.running) return;
  leader.say('listing etcd members');
  const { members } = JSON.parse(await leader.k0s('etcd member-list --data-dir=/var/lib/k0s'));
  run.etcdMembers = Object.values(members).map((url) => new URL(url).hostname);
}

async function investigate(run, host) {
  const version = await host.attempt('/usr/local/bin/k0s version');
  if (version.code !== 0) return;
  host.facts.binary = version.stdout.trim();
  if (host.isController && (await host.has('/etc/k0s/k0s.yaml'))) {
    host.facts.configuration = await host.run('cat /etc/k0s/k0s.yaml');
    host.say('found existing configuration');
  }
  const service = `/etc/systemd/system/${host.service}.service`;
  const installed = await host.has(service);
  const status = await host.attempt('/usr/local/bin/k0s status -o json');
  if (status.code !== 0) {
    if (!installed) return;
    if (!run.force)
      throw new Failure(
        `${host.name}: k0s doesn't appear to be running but has been installed as a service at ${service} - please remove it or start the service`,
      );
    warn(
      `${host.name}: an existing k0s instance is not running but has been installed as a service at ${service} - ignoring because --force was given`,
    );
    return;
  }
  const state = JSON.parse(status.stdout);
  const role =
    state.Role === 'controller' && state.Workloads ? (state.SingleNode ? 'single' : 'controller+worker') : state.Role;
  if (role !== host.role)
    throw new Failure(
      `${host.name}: is configured as k0s ${host.role} but is already running as ${role} - role change is not supported`,
    );
  host.facts.running = state.Version;
  host.say(`is running k0s ${role} version ${state.Version}`);
  if (host.isController) return;
  run.leader.say(`checking if worker ${host.facts.hostname} has joined`);
  host.facts.ready = await isReady(host).catch(() => false);
}

export async function isReady(host) {
  const node = JSON.parse(await host.kubectl(`get node ${host.facts.hostname} -o json`));
  const ready = node.status.conditions.find(({ type }) => type === 'Ready')?.status === 'True';
  if (!ready) throw new Failure(`node ${host.facts.hostname} is not ready`);
  return true;
}

export function validateFacts({ leader, version }) {
  if (leader.facts.running && compare(leader.facts.running, version) > 0)
    throw new Failure(`can't perform a downgrade: ${leader.facts.running} > ${version}`);
}

function compare(a, b) {
  const parts = (text) =>
    text
      .split(/[^\d]+/)
      .filter(Boolean)
      .map(Number);
  const [left, right] = [parts(a), parts(b)];
  return left.map((part, index) => part - (right[index] ?? 0)).find(Boolean) ?? 0;
}

export async function validateMembers({ controllers, etcdMembers, force, leader }) {
  for (const host of controllers.filter(({ facts }) => !facts.running)) {
    if (!etcdMembers.includes(host.address)) continue;
    if (!force)
      throw new Failure(
        `controller ${host.name} is listed as an existing etcd member but k0s is not found installed on it, the host may have been replaced. check the host and use \`k0s etcd leave --peer-address ${host.address} on a controller or re-run apply with --force`,
      );
    host.say("force used, running 'k0s etcd leave' for the host");
    await leader.k0s(`etcd leave --peer-address ${host.address}`);
  }
}
