"""This host as a node."""
import os
import socket
import subprocess

from cluster.agent import Node

from . import log
from .version import VERSION

CONTROL_PLANE = {'node-role.kubernetes.io/control-plane': 'true', 'node-role.kubernetes.io/master': 'true'}
ETCD = {'node-role.kubernetes.io/etcd': 'true'}


def name_of(options):
    return (options.node_name or os.uname().nodename).lower()


def address_of(options):
    """The address that was said, else the one of the default route."""
    if options.node_ip:
        return options.node_ip.split(',')[0]
    route = subprocess.run(['ip', '-4', 'route', 'get', '192.0.2.1'], capture_output=True, text=True).stdout.split()
    if 'src' not in route:
        raise log.Fatal('unable to select an IP from default routes.')
    return route[route.index('src') + 1]


def describe(options, labels=None, annotations=None):
    own = {'node.kubernetes.io/instance-type': 'k3s', **(labels or {})}
    said = dict(each.partition('=')[::2] for each in options.node_label)
    flannel = {'flannel.alpha.coreos.com/' + key: value for key, value in (
        ('backend-type', 'vxlan'), ('kube-subnet-manager', 'true'), ('public-ip', address_of(options)))}
    notes = {**flannel, 'k3s.io/internal-ip': address_of(options), 'k3s.io/hostname': socket.gethostname(), **(annotations or {})}
    return Node(name_of(options), address_of(options), VERSION, {**own, **said}, [_taint(each) for each in options.node_taint],
                notes, 'containerd://1.7.17-k3s1')


def _taint(text):
    """KEY=VALUE:EFFECT"""
    pair, _, effect = text.rpartition(':')
    key, _, value = pair.partition('=')
    return {'key': key, 'effect': effect, **({'value': value} if value else {})}
