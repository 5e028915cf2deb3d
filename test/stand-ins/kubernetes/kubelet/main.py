"""The kubelet's command line and its course."""

import argparse
import os
import subprocess
import sys
import threading
import time

import yaml
from cluster import agent, kinds, version
from cluster.client import Client
from cluster.errors import ApiError
from cluster.files import read
from cluster.launch import log

from . import bootstrap, health
from .static_pods import StaticPods

MIRROR_SECONDS = 2


def main(argv):
    own = version.of('kubelet')
    args = _parse(argv)
    if args.version:
        print('Kubernetes v' + own)
        return 0
    if not os.path.exists(args.config):
        print(
            'E run.go:74] "command failed" err="failed to load kubelet config file, path: %s, error: failed to load Kubelet config file %s, '
            'error failed to read kubelet config file \\"%s\\", error: open %s: no such file or directory"' % ((args.config,) * 4),
            file=sys.stderr,
        )
        return 1
    config = yaml.safe_load(read(args.config))
    name = args.hostname_override or os.uname().nodename.lower()
    pods = StaticPods(config.get('staticPodPath', '/etc/kubernetes/manifests'))
    threading.Thread(target=pods.keep, daemon=True).start()
    health.serve(config['authentication']['x509']['clientCAFile'])
    bootstrap.ensure_identity(args.kubeconfig, args.bootstrap_kubeconfig, name)
    client = Client.of_file(args.kubeconfig)
    node = agent.Node(
        name,
        args.node_ip or default_address(),
        'v' + own,
        labels=_pairs(args.node_labels),
        taints=_taints(args.register_with_taints),
        annotations={'kubeadm.alpha.kubernetes.io/cri-socket': args.container_runtime_endpoint} if args.container_runtime_endpoint else {},
        ready=agent.network_is_there,
    )
    agent.Agent(client, node, log).start()
    while True:
        try:
            pods.mirror(client, client.get(kinds.NODE, None, name))
        except (OSError, ApiError) as error:
            log('E kubelet] "Failed creating a mirror pod" err="%s"' % error)
        time.sleep(MIRROR_SECONDS)


def _parse(argv):
    parser = argparse.ArgumentParser(prog='kubelet', allow_abbrev=False)
    parser.add_argument('--version', action='store_true')
    parser.add_argument('--config', default='/var/lib/kubelet/config.yaml')
    parser.add_argument('--kubeconfig', default='/etc/kubernetes/kubelet.conf')
    parser.add_argument('--bootstrap-kubeconfig', default='/etc/kubernetes/bootstrap-kubelet.conf')
    for flag in ('--node-ip', '--node-labels', '--hostname-override', '--register-with-taints', '--container-runtime-endpoint'):
        parser.add_argument(flag, default='')
    return parser.parse_known_args(argv)[0]


def default_address():
    """The address that this host has towards others, or 127.0.0.1 where it has no route."""
    route = subprocess.run(['ip', '-4', 'route', 'get', '192.0.2.1'], capture_output=True, text=True).stdout.split()
    return route[route.index('src') + 1] if 'src' in route else '127.0.0.1'


def _pairs(text):
    return dict(pair.partition('=')[::2] for pair in text.split(',') if pair)


def _taints(text):
    """key=value:Effect,..."""
    taints = []
    for each in filter(None, text.split(',')):
        left, _, effect = each.rpartition(':')
        key, _, value = left.partition('=')
        taints.append({'key': key, 'effect': effect, **({'value': value} if value else {})})
    return taints
