// The phases that make the cluster, and what is cleaned up where they fail.
import { gunzipSync } from 'node:zlib';
import { parse, stringify } from 'yaml';
import { isReady } from './facts.mjs';
import { quote, retry } from './host.mjs';
import { Failure, warn } from './log.mjs';

const TOKEN = '/etc/k0s/k0stoken';

export async function installBinaries({ hosts, version }) {
  for (const host of hosts.filter(({ facts }) => facts.binary !== version)) {
    if (host.given.useExistingK0s)
      throw new Failure(`${host.name}: useExistingK0s=true but no k0s binary found on host`);
    const template = host.given.k0sDownloadURL ?? 'https://github.com/k0sproject/k0s/releases/download/%v/k0s-%v-%p';
    const url = template.replaceAll('%v', encodeURIComponent(version)).replaceAll('%p', host.facts.processor);
    await host.run(
      `curl -sSLf -o /usr/local/bin/k0s.tmp.$$ ${quote(url)} && chmod 0755 /usr/local/bin/k0s.tmp.$$ && mv /usr/local/bin/k0s.tmp.$$ /usr/local/bin/k0s`,
    );
    host.facts.binary = version;
  }
}

/** The controllers whose k0s.yaml is not as it should be, with what it should be. */
export async function plannedConfigurations({ controllers, config }) {
  const base = config.spec.k0s?.config ?? {};
  const plans = [];
  for (const host of controllers) {
    const wanted = structuredClone(base);
    wanted.apiVersion ??= 'k0s.k0sproject.io/v1beta1';
    wanted.kind ??= 'ClusterConfig';
    wanted.spec ??= {};
    wanted.spec.api = { ...wanted.spec.api };
    const addresses = controllers.flatMap(({ given }) => [given.ssh.address, given.privateAddress]);
    wanted.spec.api.sans = [...new Set([...(wanted.spec.api.sans ?? []), ...addresses.filter(Boolean)])];
    wanted.spec.storage = { type: 'etcd', ...wanted.spec.storage, etcd: { peerAddress: host.address } };
    if (host.facts.binary) {
      host.say('validating configuration');
      await host.run(
        'umask 077; cat >/tmp/k0sctl-config && /usr/local/bin/k0s config validate --config=/tmp/k0sctl-config; code=$?; rm -f /tmp/k0sctl-config; exit $code',
        stringify(wanted),
      );
    }
    if (JSON.stringify(parse(host.facts.configuration ?? 'null')) !== JSON.stringify(wanted))
      plans.push({ host, wanted });
  }
  return plans;
}

export async function configure(plans) {
  for (const { host, wanted } of plans) {
    host.say('installing new configuration');
    await host.write('/etc/k0s/k0s.yaml', `# generated-by-k0sctl ${new Date().toISOString()}\n${stringify(wanted)}`);
    if (!host.facts.running) continue;
    host.say('restarting k0s service');
    await host.run(`systemctl restart ${host.service}`);
    await retry(() => host.kubectl("get --raw='/readyz'"));
  }
}

export async function initialize({ leader, force }) {
  leader.say('installing k0s controller');
  await leader.k0s(`install controller ${flagsOf(leader, true, force)}`);
  leader.facts.installed = true;
  await leader.run(`systemctl start ${leader.service}`);
  leader.say('waiting for the k0s service to start');
  leader.say('wait for kubernetes to reach ready state');
  await retry(() => leader.kubectl("get --raw='/readyz'"));
  Object.assign(leader.facts, { ready: true, running: leader.facts.binary });
}

export async function installControllers(run, hosts) {
  for (const host of hosts) {
    run.leader.say(`generate join token for ${host.name}`);
    host.facts.token = await makeToken(run.leader, 'controller', '30m0s');
  }
  // Sequential, as with --concurrency 1; the real one joins two at once otherwise.
  const batch = run.concurrency === 1 ? 1 : 2;
  for (let at = 0; at < hosts.length; at += batch)
    await Promise.all(hosts.slice(at, at + batch).map((host) => join(host, run)));
  await dropTokens(run, hosts);
}

export async function installWorkers(run, hosts) {
  for (const [index, host] of hosts.entries()) {
    run.leader.say(`generating a join token for worker ${index + 1}`);
    host.facts.token = await makeToken(run.leader, 'worker', '10m0s');
  }
  const size = run.concurrency || hosts.length;
  for (let at = 0; at < hosts.length; at += size)
    await Promise.all(hosts.slice(at, at + size).map((host) => join(host, run)));
  await dropTokens(run, hosts);
}

async function join(host, { force }) {
  host.say(`writing join token to ${TOKEN}`);
  await host.write(TOKEN, host.facts.token.text);
  host.say(`installing k0s ${host.isController ? 'controller' : 'worker'}`);
  await host.k0s(`install ${host.isController ? 'controller' : 'worker'} ${flagsOf(host, false, force)}`);
  host.facts.installed = true;
  host.say('starting service');
  await host.run(`systemctl start ${host.service}`);
  if (host.isController) {
    host.say('waiting for the k0s service to start');
    await retry(() => host.kubectl("get --raw='/readyz?verbose=true'"));
  } else {
    host.say('waiting for node to become ready');
    await retry(() => isReady(host));
  }
  Object.assign(host.facts, { ready: true, running: host.facts.binary });
}

function flagsOf(host, leads, force) {
  const kubelet = [
    `--node-ip=${host.address}`,
    ...(host.given.hostname ? [`--hostname-override=${host.given.hostname}`] : []),
  ].join(' ');
  return [
    ...(host.given.installFlags ?? []),
    '--data-dir=/var/lib/k0s',
    ...(host.role === 'controller+worker' ? ['--enable-worker=true'] : []),
    ...(host.role === 'single' ? ['--single=true'] : []),
    ...(host.given.noTaints ? ['--no-taints=true'] : []),
    ...(leads ? [] : [`--token-file=${TOKEN}`]),
    ...(host.isController ? ['--config=/etc/k0s/k0s.yaml'] : []),
    ...(host.role.endsWith('worker') ? [`--kubelet-extra-args=${quote(kubelet)}`] : []),
    ...(force ? ['--force=true'] : []),
  ].join(' ');
}

async function makeToken(leader, role, expiry) {
  const text = (await leader.k0s(`token create --role ${role} --expiry ${expiry} --data-dir=/var/lib/k0s`)).trim();
  const { users } = parse(gunzipSync(Buffer.from(text, 'base64')).toString());
  return { text, id: users[0].user.token.split('.')[0] };
}

async function dropTokens({ leader }, hosts) {
  for (const host of hosts) {
    const { code } = await leader.attempt(
      `/usr/local/bin/k0s token invalidate --data-dir=/var/lib/k0s ${host.facts.token.id}`,
    );
    if (code !== 0) warn(`${leader.name}: failed to invalidate join token`);
    await host.write(TOKEN, '# overwritten by k0sctl after join\n');
  }
}

/** After a failure: what was installed and did not become ready is reset. The cluster is not told. */
export async function cleanUp(title, hosts, say) {
  say(`* Running clean-up for phase: ${title}`);
  for (const host of hosts.filter(({ facts }) => facts.installed && !facts.ready)) {
    host.say('cleaning up');
    const { code } = await host.attempt('/usr/local/bin/k0s reset --data-dir=/var/lib/k0s');
    if (code !== 0) warn(`${host.name}: k0s reset failed`);
  }
}

export async function reset(host) {
  await host.attempt(`systemctl is-active --quiet ${host.service} && systemctl stop ${host.service}`);
  const { code, stderr } = await host.attempt('/usr/local/bin/k0s reset --data-dir=/var/lib/k0s');
  if (code !== 0) warn(`${host.name}: k0s reset reported failure: ${stderr.trim()}`);
  await host.run('rm -f /etc/k0s/k0s.yaml /usr/local/bin/k0s');
  host.say('reset');
}

export async function restore({ leader }, archive, content) {
  leader.say('restoring cluster state');
  await leader.run('umask 077; base64 -d >/tmp/k0s_backup.tar.gz', content.toString('base64'));
  const { code, stderr } = await leader.attempt(
    'cd /tmp && /usr/local/bin/k0s restore --data-dir=/var/lib/k0s /tmp/k0s_backup.tar.gz; code=$?; rm -f /tmp/k0s_backup.tar.gz; exit $code',
  );
  if (code !== 0) throw new Failure(`restore failed: ${stderr.trim() || archive}`);
}
