"""kubeadm's checks before it changes anything."""

import os
import shutil
import socket
import subprocess

from cluster import version

from . import constants
from .failure import Fatal
from .settings import warn

CONTROL_PLANE_PORTS, WORKER_PORTS = (6443, 10259, 10257, 10250, 2379, 2380), (10250,)


def check(settings, control_plane, joining):
    """Raises Fatal that names all that is wrong, but for what is to be ignored."""
    problems = [*_host(), *_files(control_plane, joining), *_ports(control_plane), *_versions(settings, joining)]
    kept = []
    for name, text in problems:
        if name.lower() in settings.ignored or 'all' in settings.ignored:
            warn('[WARNING %s]: %s' % (name, text))
        else:
            kept.append('[ERROR %s]: %s' % (name, text))
    if not _is_enabled('kubelet'):
        warn("[WARNING Service-Kubelet]: kubelet service is not enabled, please run 'systemctl enable kubelet.service'")
    if kept:
        raise failed(kept)


def failed(errors):
    return Fatal(
        '[preflight] Some fatal errors occurred:\n\t%s\n[preflight] If you know what you are doing, you can make a check non-fatal with '
        '`--ignore-preflight-errors=...`' % '\n\t'.join(errors),
        2,
    )


def require_root():
    if os.geteuid() != 0:
        raise failed(['[ERROR IsPrivilegedUser]: user is not running as root'])


def _host():
    if os.geteuid() != 0:
        yield 'IsPrivilegedUser', 'user is not running as root'
    if not os.path.exists('/run/containerd/containerd.sock'):
        yield (
            'CRI',
            'container runtime is not running: output: validate service connection: CRI v1 runtime API is not implemented for endpoint '
            '"unix:///var/run/containerd/containerd.sock"',
        )
    for program in ('kubelet', 'openssl', 'ip', 'mount'):
        if not shutil.which(program):
            yield 'FileExisting-' + program, program + ' not found in system path'
    with open('/proc/sys/net/ipv4/ip_forward') as file:
        if file.read().strip() != '1':
            yield 'FileContent--proc-sys-net-ipv4-ip_forward', '/proc/sys/net/ipv4/ip_forward contents are not set to 1'
    with open('/proc/swaps') as file:
        if len(file.readlines()) > 1 and not _in_container():
            warn('[WARNING Swap]: swap is supported for cgroup v2 only. The kubelet must be properly configured to use swap.')


def _files(control_plane, joining):
    found = []
    if joining:
        found = [constants.KUBELET_CONFIG, constants.BOOTSTRAP_CONFIG, *([] if control_plane else [constants.PKI + '/ca.crt'])]
        if os.path.isdir(constants.MANIFESTS) and not control_plane and os.listdir(constants.MANIFESTS):
            yield 'DirAvailable--etc-kubernetes-manifests', constants.MANIFESTS + ' is not empty'
    if control_plane:
        found += ['%s/%s.yaml' % (constants.MANIFESTS, name) for name in (*constants.COMPONENTS, 'etcd')]
        if os.path.isdir(constants.ETCD_DATA) and os.listdir(constants.ETCD_DATA):
            yield 'DirAvailable--var-lib-etcd', constants.ETCD_DATA + ' is not empty'
    for path in found:
        if os.path.exists(path):
            yield 'FileAvailable-' + path.replace('/', '-').removesuffix('.'), path + ' already exists'


def _ports(control_plane):
    for port in CONTROL_PLANE_PORTS if control_plane else WORKER_PORTS:
        if in_use(port):
            yield 'Port-%d' % port, 'Port %d is in use' % port


def _versions(settings, joining):
    own, kubelet = (version.minor(version.of(name)) for name in ('kubeadm', 'kubelet'))
    if kubelet > own:
        yield (
            'KubeletVersion',
            'the kubelet version is higher than the control plane version. This is not a supported version skew and may lead to a '
            'malfunctional cluster. Kubelet version: "%s" Control plane version: "%s"' % (version.of('kubelet'), version.of('kubeadm')),
        )
    if joining:
        return
    wanted = settings.cluster['kubernetesVersion']
    if version.minor(wanted) > own:
        yield (
            'KubernetesVersion',
            'this version of kubeadm only supports deploying clusters with the control plane version <= %d.%d. '
            'Current version: %s' % (*own, wanted),
        )
    if version.minor(wanted)[1] < own[1] - 1:
        yield (
            'KubernetesVersion',
            'this version of kubeadm only supports deploying clusters with the control plane version >= %d.%d.0. '
            'Current version: %s' % (own[0], own[1] - 1, wanted),
        )


def check_cluster_version(wanted):
    """A kubeadm joins a cluster of its own minor version or the one before."""
    own = version.minor(version.of('kubeadm'))
    if not own[1] - 1 <= version.minor(wanted)[1] <= own[1]:
        raise Fatal(
            'unable to fetch the kubeadm-config ConfigMap: this version of kubeadm only supports deploying clusters with the control plane '
            'version >= %d.%d.0. Current version: %s' % (own[0], own[1] - 1, wanted),
            2,
        )


def in_use(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(('0.0.0.0', port))
        except OSError:
            return True
    return False


def _is_enabled(unit):
    return subprocess.run(['systemctl', 'is-enabled', '--quiet', unit]).returncode == 0


def _in_container():
    return subprocess.run(['systemd-detect-virt', '--quiet', '--container']).returncode == 0
