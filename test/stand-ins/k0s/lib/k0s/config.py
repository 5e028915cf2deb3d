"""k0s.yaml: its defaults and its mistakes."""
import ipaddress
import os
import subprocess

import yaml

from .log import Failure

SPEC = {'api', 'controllerManager', 'scheduler', 'storage', 'network', 'workerProfiles', 'telemetry', 'installConfig', 'images',
        'extensions', 'konnectivity', 'featureGates'}


def default_address():
    route = subprocess.run(['ip', '-4', 'route', 'get', '192.0.2.1'], capture_output=True, text=True).stdout.split()
    return route[route.index('src') + 1] if 'src' in route else '127.0.0.1'


def defaults():
    address = default_address()
    return {
        'apiVersion': 'k0s.k0sproject.io/v1beta1', 'kind': 'ClusterConfig', 'metadata': {'name': 'k0s', 'namespace': 'kube-system'},
        'spec': {
            'api': {'address': address, 'k0sApiPort': 9443, 'port': 6443, 'sans': [address]},
            'konnectivity': {'adminPort': 8133, 'agentPort': 8132},
            'network': {'podCIDR': '10.244.0.0/16', 'provider': 'kuberouter', 'serviceCIDR': '10.96.0.0/12'},
            'storage': {'etcd': {'peerAddress': address}, 'type': 'etcd'},
            'telemetry': {'enabled': False},
        },
    }


def read(path, required=False):
    """The configuration with defaults filled in; those alone where there is no file at k0s's own place."""
    if not os.path.exists(path):
        if required or path != '/etc/k0s/k0s.yaml':
            raise Failure('failed to load node config: open %s: no such file or directory' % path)
        return defaults()
    with open(path) as file:
        return parse(file.read())


def parse(text):
    try:
        given = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise Failure('failed to parse configuration: %s' % error)
    unknown = sorted(set(given.get('spec') or {}) - SPEC)
    if unknown:
        raise Failure('failed to parse configuration: error unmarshaling JSON: while decoding JSON: json: unknown field "%s"' % unknown[0])
    filled = _merge(defaults(), given)
    problems = list(_problems(filled))
    if problems:
        raise Failure('invalid node config: ' + '\n'.join(problems))
    return filled


def _merge(base, over):
    if not isinstance(base, dict) or not isinstance(over, dict):
        return base if over is None else over
    return {key: _merge(base.get(key), over[key]) if key in over else base[key] for key in [*base, *(key for key in over if key not in base)]}


def _problems(config):
    spec = config['spec']
    for name, address in (('spec: api: address', spec['api']['address']), ('spec: storage: etcd: peerAddress', spec['storage']['etcd']['peerAddress'])):
        if not is_address(address):
            yield '%s: Invalid value: "%s": invalid IP address' % (name, address)
    if spec['storage']['type'] not in ('etcd', 'kine'):
        yield 'spec: storage: type: Unsupported value: "%s": supported values: "etcd", "kine"' % spec['storage']['type']
    if spec['network']['provider'] not in ('kuberouter', 'calico', 'custom'):
        yield 'spec: network: provider: Unsupported value: "%s": supported values: "kuberouter", "calico", "custom"' % spec['network']['provider']


def is_address(text):
    try:
        ipaddress.ip_address(text)
        return True
    except ValueError:
        return False


def url(config, port):
    """Where others find a port of the control plane: at the external address, if there is one."""
    api = config['spec']['api']
    return 'https://%s:%d' % (api.get('externalAddress') or api['address'], api[port])
