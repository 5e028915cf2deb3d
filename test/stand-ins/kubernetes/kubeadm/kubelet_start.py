"""Files of the kubelet, and its start."""

import http.client
import os
import subprocess

import yaml
from cluster import kinds
from cluster.files import write
from kubelet.health import HEALTH_PORT

from . import certificates, constants
from .wait import until

CONFIG, FLAGS = constants.KUBELET + '/config.yaml', constants.KUBELET + '/kubeadm-flags.env'
CONFIG_MAP = 'kubelet-config'


def configuration(dns):
    return {
        'apiVersion': 'kubelet.config.k8s.io/v1beta1',
        'kind': 'KubeletConfiguration',
        'cgroupDriver': 'systemd',
        'clusterDNS': [dns],
        'authentication': {'anonymous': {'enabled': False}, 'x509': {'clientCAFile': certificates.CA}},
        'clusterDomain': 'cluster.local',
        'healthzBindAddress': '127.0.0.1',
        'healthzPort': HEALTH_PORT,
        'rotateCertificates': True,
        'staticPodPath': constants.MANIFESTS,
    }


def upload(client, dns):
    text = yaml.safe_dump(configuration(dns), default_flow_style=False)
    client.ensure(
        kinds.CONFIG_MAP,
        {'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'name': CONFIG_MAP, 'namespace': 'kube-system'}, 'data': {'kubelet': text}},
    )


def download(client):
    return client.get(kinds.CONFIG_MAP, 'kube-system', CONFIG_MAP)['data']['kubelet']


def write_files(settings, text):
    print('[kubelet-start] Writing kubelet configuration to file "%s"' % CONFIG)
    write(CONFIG, text)
    print('[kubelet-start] Writing kubelet environment file with flags to file "%s"' % FLAGS)
    flags = {'container-runtime-endpoint': constants.CRI_SOCKET, **settings.kubelet_args}
    if settings.control_plane and settings.taints is None:
        flags.setdefault('register-with-taints', '%s:NoSchedule' % constants.CONTROL_PLANE)
    if settings.taints:
        flags['register-with-taints'] = ','.join(
            '%s=%s:%s' % (each['key'], each.get('value', ''), each['effect']) for each in settings.taints
        )
    if settings.node != os.uname().nodename:
        flags['hostname-override'] = settings.node
    write(FLAGS, 'KUBELET_KUBEADM_ARGS="%s"\n' % ' '.join('--%s=%s' % pair for pair in flags.items()))


def start():
    print('[kubelet-start] Starting the kubelet')
    subprocess.run(['systemctl', 'daemon-reload'])
    subprocess.run(['systemctl', 'restart', 'kubelet'], check=True)


def stop():
    subprocess.run(['systemctl', 'stop', 'kubelet'], capture_output=True)


def wait_until_healthy():
    print('[kubelet-check] Waiting for a healthy kubelet at http://127.0.0.1:%d/healthz. This can take up to 4m0s' % HEALTH_PORT)
    until(
        _is_healthy,
        constants.KUBELET_HEALTH,
        'failed while waiting for the kubelet to start: The HTTP call equal to '
        "'curl -sSL http://127.0.0.1:%d/healthz' returned error" % HEALTH_PORT,
    )
    print('[kubelet-check] The kubelet is healthy')


def _is_healthy():
    connection = http.client.HTTPConnection('127.0.0.1', HEALTH_PORT, timeout=2)
    try:
        connection.request('GET', '/healthz')
        return connection.getresponse().status == 200
    finally:
        connection.close()
