import { readFileSync } from 'node:fs';

/** Where the stand-ins have etcd, which is a part of the programs that they stand in for. */
const ETCD = '/usr/lib/stand-ins/bin';

/** What hosts have on which stand-ins are installed, so that not every host of every test fetches it. */
export const WITH_ETCD = [
  'apt-get -qq install -y --no-install-recommends python3-yaml openssl',
  `cat >/tmp/fetch-etcd <<'END'\n${readFileSync('test/stand-ins/cluster/fetch-etcd', 'utf8')}END`,
  `sh /tmp/fetch-etcd ${ETCD}`,
  'rm /tmp/fetch-etcd',
];

/** What nodes of kubeadm have beside that, for tests whose subject begins with a cluster. */
export const WITH_RUNTIME = [...WITH_ETCD, 'apt-get -qq install -y containerd'];

/** What is around a cluster of k3s where nodes are taken into it; only the server's host starts Prometheus. */
export const WITH_MONITORING = [
  ...WITH_ETCD,
  'apt-get -qq install -y --no-install-recommends busybox curl git prometheus prometheus-node-exporter',
  'systemctl --quiet disable prometheus',
];
