"""What a command is to do, from its flags or from a configuration file."""

import ipaddress
import os
import re
import sys

import yaml
from cluster import version
from kubelet.main import default_address

from . import constants
from .failure import Fatal

API = re.compile(r'^kubeadm\.k8s\.io/v1beta[34]$')


class Settings:
    """Of a node: its name, address and labels of the registration; of the cluster: `cluster`, a ClusterConfiguration."""

    def __init__(self, node=None, address=None, cluster=None):
        self.node = (node or os.uname().nodename).lower()
        self.address = address or default_address()
        self.cluster = cluster or {}
        self.token = self.certificate_key = self.endpoint = None
        self.ca_hashes, self.unsafe, self.control_plane = [], False, False
        self.taints, self.kubelet_args, self.ignored, self.skipped = None, {}, set(), []
        self.discovery_seconds = constants.DISCOVERY
        self.file = None

    @property
    def server(self):
        """URL of the API for everyone."""
        endpoint = self.cluster.get('controlPlaneEndpoint') or self.address
        return 'https://' + (endpoint if re.search(r':\d+$', endpoint) else endpoint + ':6443')

    def service_address(self, number):
        """The first address of the services' network is the API's, the tenth that of their names."""
        return str(ipaddress.ip_network(self.cluster['networking']['serviceSubnet'].split(',')[0])[number])

    @property
    def extra_names(self):
        host = self.server.split('//')[1].rsplit(':', 1)[0]
        return [host, self.service_address(1), *((self.cluster.get('apiServer') or {}).get('certSANs') or [])]


def documents(path):
    """{kind: document} of a configuration file; `-` or a pipe will do, too."""
    try:
        with open(0 if path == '-' else path) as file:
            found = [each for each in yaml.safe_load_all(file) if each]
    except FileNotFoundError:
        raise Fatal('unable to read config from "%s" : open %s: no such file or directory' % (path, path), 3)
    except yaml.YAMLError as error:
        raise Fatal('error unmarshaling YAML: %s' % str(error).replace('\n', ' '), 3)
    for each in found:
        if str(each.get('apiVersion', '')).startswith('kubeadm.k8s.io/') and not API.match(each['apiVersion']):
            raise Fatal(
                'your configuration file uses an old API spec: "%s" (kind: "%s"). Please use kubeadm v1.%d instead and run \'kubeadm config migrate '
                "--old-config old-config-file --new-config new-config-file', which will write the new, similar spec using a newer API version."
                % (each['apiVersion'], each.get('kind'), version.minor(version.of('kubeadm'))[1] - 8),
                3,
            )
    return {each.get('kind'): each for each in found}


def for_init(args):
    given = documents(args.config) if args.config else {}
    config, cluster = given.get('InitConfiguration', {}), given.get('ClusterConfiguration', {})
    endpoint = config.get('localAPIEndpoint') or {}
    settings = Settings(
        args.node_name or _registration(config).get('name'), args.apiserver_advertise_address or endpoint.get('advertiseAddress')
    )
    flags = {
        'controlPlaneEndpoint': args.control_plane_endpoint,
        'kubernetesVersion': args.kubernetes_version,
        'imageRepository': args.image_repository,
        'clusterName': 'kubernetes',
    }
    networking = {'podSubnet': args.pod_network_cidr, 'serviceSubnet': args.service_cidr, 'dnsDomain': args.service_dns_domain}
    settings.cluster = {
        'apiVersion': 'kubeadm.k8s.io/v1beta3',
        'kind': 'ClusterConfiguration',
        'certificatesDir': constants.PKI,
        'etcd': {'local': {'dataDir': constants.ETCD_DATA}},
        **cluster,
        **_given(flags),
    }
    settings.cluster['networking'] = {
        'dnsDomain': 'cluster.local',
        'serviceSubnet': '10.96.0.0/12',
        **(cluster.get('networking') or {}),
        **_given(networking),
    }
    wanted = settings.cluster.setdefault('kubernetesVersion', 'v' + version.of('kubeadm'))
    settings.cluster['kubernetesVersion'] = 'v' + wanted.lstrip('v')
    if args.feature_gates:
        settings.cluster['featureGates'] = {
            name: value == 'true' for name, _, value in (each.partition('=') for each in args.feature_gates.split(','))
        }
    if args.apiserver_cert_extra_sans:
        settings.cluster['apiServer'] = {'certSANs': args.apiserver_cert_extra_sans.split(',')}
    settings.certificate_key = args.certificate_key or config.get('certificateKey')
    token = (config.get('bootstrapTokens') or [{}])[0]
    settings.token, settings.token_ttl = args.token or token.get('token'), args.token_ttl or token.get('ttl') or '24h0m0s'
    return _common(settings, args, config)


def for_join(args):
    config = {}
    if args.config:
        config = documents(args.config).get('JoinConfiguration')
        if config is None:
            raise Fatal('no JoinConfiguration found in config file "%s"' % args.config, 3)
    discovery = (config.get('discovery') or {}).get('bootstrapToken') or {}
    plane = config.get('controlPlane')
    endpoint = (plane or {}).get('localAPIEndpoint') or {}
    settings = Settings(
        args.node_name or _registration(config).get('name'), args.apiserver_advertise_address or endpoint.get('advertiseAddress')
    )
    settings.endpoint = args.endpoint or discovery.get('apiServerEndpoint')
    settings.token = (
        args.token or args.discovery_token or discovery.get('token') or (config.get('discovery') or {}).get('tlsBootstrapToken')
    )
    settings.ca_hashes = args.discovery_token_ca_cert_hash or discovery.get('caCertHashes') or []
    settings.unsafe = args.discovery_token_unsafe_skip_ca_verification or discovery.get('unsafeSkipCAVerification', False)
    settings.control_plane = args.control_plane or plane is not None
    settings.certificate_key = args.certificate_key or (plane or {}).get('certificateKey')
    waiting = (config.get('timeouts') or {}).get('discovery') or (config.get('discovery') or {}).get('timeout')
    settings.discovery_seconds = duration(waiting) if waiting else constants.DISCOVERY
    _validate_join(settings)
    return _common(settings, args, config)


def _validate_join(settings):
    if not settings.token or not settings.endpoint:
        raise Fatal('discovery: Invalid value: "": bootstrapToken or file must be set', 3)
    if not re.fullmatch(r'[a-z0-9]{6}\.[a-z0-9]{16}', settings.token):
        raise Fatal('discovery.bootstrapToken.token: Invalid value: "": the bootstrap token is invalid', 3)
    if not settings.ca_hashes and not settings.unsafe:
        raise Fatal(
            'discovery.bootstrapToken: Invalid value: "": using token-based discovery without caCertHashes can be unsafe. '
            'Set unsafeSkipCAVerification as true in your kubeadm config file or pass --discovery-token-unsafe-skip-ca-verification '
            'flag to continue',
            3,
        )
    if settings.certificate_key and not re.fullmatch(r'[0-9a-fA-F]{64}', settings.certificate_key):
        raise Fatal('controlPlane.certificateKey: Invalid value: "<sensitive>": invalid certificate key', 3)


def _common(settings, args, config):
    registration = _registration(config)
    settings.taints = registration.get('taints')
    settings.kubelet_args = _arguments(registration.get('kubeletExtraArgs'))
    listed = (args.ignore_preflight_errors or '').split(',') + (registration.get('ignorePreflightErrors') or [])
    settings.ignored = {each.strip().lower() for each in listed if each.strip()}
    settings.skipped = [*filter(None, (args.skip_phases or '').split(',')), *(config.get('skipPhases') or [])]
    settings.file = args.config
    return settings


def _arguments(given):
    """Extra arguments: a mapping until v1beta3, a list of {name, value} since v1beta4."""
    return given or {} if not isinstance(given, list) else {each['name']: each['value'] for each in given}


def _registration(config):
    return config.get('nodeRegistration') or {}


def _given(values):
    return {key: value for key, value in values.items() if value}


def duration(text):
    """Seconds of 24h0m0s; 0 is for ever."""
    if text in ('0', 0):
        return 0
    parts = re.findall(r'(\d+(?:\.\d+)?)(ms|h|m|s)', str(text))
    if not parts or ''.join(number + unit for number, unit in parts) != text:
        raise Fatal('invalid argument "%s" for "--ttl" flag: time: invalid duration "%s"' % (text, text), 1)
    return sum(float(number) * {'h': 3600, 'm': 60, 's': 1, 'ms': 0.001}[unit] for number, unit in parts)


def warn(line):
    print('\t' + line, file=sys.stderr)
