// A stand-in for k0sctl: its configuration, its phases in their order, its lines; hosts are reached with this machine's ssh.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';
import { readConfig } from './config.mjs';
import * as facts from './facts.mjs';
import { Host } from './host.mjs';
import * as install from './install.mjs';
import { Failure, info, line, phase } from './log.mjs';

const VERSION = 'v0.26.0';
const OPTIONS = {
  config: { type: 'string', short: 'c', default: 'k0sctl.yaml' },
  concurrency: { type: 'string', default: '30' },
  'concurrent-uploads': { type: 'string' },
  'dry-run': { type: 'boolean' },
  'no-wait': { type: 'boolean' },
  'no-drain': { type: 'boolean' },
  'restore-from': { type: 'string' },
  'kubeconfig-out': { type: 'string' },
  force: { type: 'boolean' },
  debug: { type: 'boolean', short: 'd' },
  trace: { type: 'boolean' },
  'no-redact': { type: 'boolean' },
  timeout: { type: 'string' },
  address: { type: 'string' },
  user: { type: 'string', short: 'u' },
  cluster: { type: 'string', short: 'n' },
};
const COMMANDS = { apply, reset, kubeconfig, init, version };

try {
  const [command, ...words] = process.argv.slice(2);
  if (!Object.hasOwn(COMMANDS, command ?? '')) throw new Failure(`No help topic for '${command ?? ''}'`);
  await COMMANDS[command](words);
} catch (error) {
  line(
    'fatal',
    error instanceof Failure || error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? error.message : error.stack,
  );
  process.exitCode = 1;
}

function begin(words) {
  const { values } = parseArgs({ args: words, options: OPTIONS });
  // The real one looks and changes nothing; what it says of each phase is not known here.
  if (values['dry-run']) throw new Failure('this stand-in for k0sctl has no --dry-run');
  const config = readConfig(values.config);
  const hosts = config.spec.hosts.map((host) => new Host(host));
  const controllers = hosts.filter(({ isController }) => isController);
  return {
    values,
    config,
    hosts,
    controllers,
    workers: hosts.filter(({ isController }) => !isController),
    etcdMembers: [],
    version: config.spec.k0s?.version ?? 'v1.33.4+k0s.0',
    force: values.force ?? false,
    concurrency: Number(values.concurrency),
    get leader() {
      return controllers.find((host) => host.facts.running) ?? controllers[0];
    },
    each: (act) => inBatches(hosts, Number(values.concurrency) || hosts.length, act),
  };
}

/** Acts on hosts, so many at a time; what fails is told of all of them. */
async function inBatches(hosts, size, act) {
  const problems = [];
  for (let at = 0; at < hosts.length; at += size) {
    const ends = await Promise.allSettled(hosts.slice(at, at + size).map(act));
    problems.push(...ends.flatMap(({ reason }) => (reason ? [reason.message] : [])));
  }
  if (problems.length > 0) throw new Failure(`failed on ${problems.length} hosts:\n - ${problems.join('\n - ')}`);
}

async function apply(words) {
  const start = Date.now();
  const run = begin(words);
  process.stdout.write(`k0sctl ${VERSION} Copyright 2026, k0sctl authors.\n`);
  let cleanUp = async () => {};
  try {
    await step('Connect to hosts', facts.connect, run);
    await step('Detect host operating systems', facts.detectSystems, run);
    await step('Prepare hosts', async () => {}, run);
    await step('Gather host facts', facts.gatherFacts, run);
    await step('Validate hosts', facts.validateHosts, run);
    await step('Gather k0s facts', facts.gatherK0s, run);
    await step('Validate facts', facts.validateFacts, run);
    if (run.leader.facts.running && run.controllers.some((host) => !host.facts.running))
      await step('Validate etcd members', facts.validateMembers, run);
    if (run.hosts.some((host) => host.facts.binary !== run.version))
      await step('Install k0s binaries on hosts', install.installBinaries, run);
    const plans = await install.plannedConfigurations(run);
    if (plans.length > 0) await step('Configure k0s', () => install.configure(plans), run);
    if (run.values['restore-from'] && !run.leader.facts.running) {
      const archive = run.values['restore-from'];
      await step('Restore cluster state', () => install.restore(run, archive, readFileSync(archive)), run);
    }
    if (!run.leader.facts.running) {
      cleanUp = () => install.cleanUp('Initialize the k0s cluster', [run.leader], info);
      await step('Initialize the k0s cluster', install.initialize, run);
    }
    const controllers = run.controllers.filter((host) => !host.facts.running);
    if (controllers.length > 0) {
      cleanUp = () => install.cleanUp('Install controllers', controllers, info);
      await step('Install controllers', () => install.installControllers(run, controllers), run);
    }
    const workers = run.workers.filter((host) => !host.facts.running || !host.facts.ready);
    if (workers.length > 0) {
      cleanUp = () => install.cleanUp('Install workers', workers, info);
      await step('Install workers', () => install.installWorkers(run, workers), run);
    }
  } catch (error) {
    await cleanUp();
    info('==> Apply failed');
    throw new Failure(`apply failed - log file saved to k0sctl.log: ${error.message}`);
  }
  phase('Disconnect from hosts');
  info(`==> Finished in ${Math.floor((Date.now() - start) / 1000)}s`);
  info(`k0s cluster version ${run.version} is now installed`);
  info('Tip: To access the cluster you can now fetch the admin kubeconfig using:');
  info(`     k0sctl kubeconfig --config ${resolve(run.values.config)}`);
}

async function step(title, act, run) {
  phase(title);
  await act(run);
}

async function reset(words) {
  const run = begin(words);
  if (!run.force) throw new Failure('reset failed - log file saved to k0sctl.log: reset requires --force');
  await step('Connect to hosts', facts.connect, run);
  await step('Reset workers', () => inBatches(run.workers, run.workers.length || 1, install.reset), run);
  await step('Reset controllers', () => inBatches([...run.controllers.slice(1)], 1, install.reset), run);
  await step('Reset leader', () => install.reset(run.controllers[0]), run);
  phase('Disconnect from hosts');
}

async function kubeconfig(words) {
  const run = begin(words);
  const [controller] = run.controllers;
  const held = parse(await controller.k0s('kubeconfig admin --data-dir=/var/lib/k0s'));
  const name = run.values.cluster ?? run.config.metadata?.name ?? 'k0s-cluster';
  const user = run.values.user ?? run.config.metadata?.user ?? 'admin';
  const server =
    run.values.address ??
    `https://${run.config.spec.k0s?.config?.spec?.api?.externalAddress ?? controller.given.ssh.address}:6443`;
  process.stdout.write(
    stringify({
      ...held,
      clusters: [{ name, cluster: { ...held.clusters[0].cluster, server } }],
      contexts: [{ name, context: { cluster: name, user } }],
      'current-context': name,
      users: [{ name: user, user: held.users[0].user }],
    }),
  );
}

async function init() {
  const host = (address, role) => ({ ssh: { address, user: 'root', port: 22, keyPath: null }, role });
  const spec = { hosts: [host('10.0.0.1', 'controller'), host('10.0.0.2', 'worker')] };
  process.stdout.write(
    stringify({
      apiVersion: 'k0sctl.k0sproject.io/v1beta1',
      kind: 'Cluster',
      metadata: { name: 'k0s-cluster', user: 'admin' },
      spec,
    }),
  );
}

async function version() {
  process.stdout.write(`version: ${VERSION}\ncommit: stand-in\n`);
}
