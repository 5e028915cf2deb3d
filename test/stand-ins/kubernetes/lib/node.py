"""Files and services of one node, as kubeadm leaves them."""
import os
import shutil
import subprocess
import time

import kubeconfig
import pki
from client import ApiError
from preflight import Fatal
from version import VERSION

KUBERNETES = '/etc/kubernetes'
MANIFESTS = KUBERNETES + '/manifests'
ADMIN = KUBERNETES + '/admin.conf'
CONTROL_PLANE_TAINT = {'key': 'node-role.kubernetes.io/control-plane', 'effect': 'NoSchedule'}
CONTROL_PLANE_LABELS = {'node-role.kubernetes.io/control-plane': '',
                        'node.kubernetes.io/exclude-from-external-load-balancers': ''}


def name():
    return os.uname().nodename


def default_address():
    route = subprocess.run(['ip', '-4', 'route', 'get', '192.0.2.1'], capture_output=True, text=True).stdout.split()
    if 'src' not in route:
        raise Fatal('couldn\'t find the default route; set the advertise address')
    return route[route.index('src') + 1]


def start_kubelet(address):
    os.makedirs('/var/lib/kubelet', exist_ok=True)
    write('/var/lib/kubelet/config.yaml', 'apiVersion: kubelet.config.k8s.io/v1beta1\ncgroupDriver: systemd\n'
          'kind: KubeletConfiguration\nstaticPodPath: %s\n' % MANIFESTS)
    write('/var/lib/kubelet/kubeadm-flags.env', 'KUBELET_KUBEADM_ARGS="--node-ip=%s"\n' % address)
    os.makedirs(MANIFESTS, exist_ok=True)
    subprocess.run(['systemctl', 'restart', 'kubelet'], check=True)


def write_control_plane(server, address, holder):
    """Certificates, kubeconfigs and manifests of a control plane; `holder` is where its etcd is."""
    host = server.split('//')[1].rsplit(':', 1)[0]
    names = {'IP:' + address, ('IP:' if host.replace('.', '').isdigit() else 'DNS:') + host, 'DNS:' + name(), 'DNS:kubernetes'}
    key, request = pki.make_request('kube-apiserver')
    write(pki.PKI + '/apiserver.crt', pki.sign(request, sorted(names)))
    write(pki.PKI + '/apiserver.key', key, 0o600)
    kubeconfig.write_signed(ADMIN, server, 'kubernetes-admin', 'kubernetes-admin', 'kubeadm:cluster-admins')
    for component in ('controller-manager', 'scheduler'):
        kubeconfig.write_signed('%s/%s.conf' % (KUBERNETES, component), server, 'system:kube-' + component,
                                'system:kube-' + component)
    for component in ('kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'):
        flags = ['--advertise-address=' + address, '--etcd-servers=https://%s:2379' % holder] if component == 'kube-apiserver' else []
        write('%s/%s.yaml' % (MANIFESTS, component), manifest(component, flags), 0o600)


def manifest(component, flags):
    command = ''.join('    - %s\n' % word for word in [component, *flags])
    return ('apiVersion: v1\nkind: Pod\nmetadata:\n  name: %s\n  namespace: kube-system\nspec:\n  containers:\n'
            '  - command:\n%s    image: registry.k8s.io/%s:v%s\n    name: %s\n  hostNetwork: true\n'
            % (component, command, component, VERSION, component))


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), 'w') as file:
        file.write(text)


def until(what, ask, seconds=40):
    """Asks until it answers, as kubeadm waits for API server and kubelet."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except (OSError, ApiError) as error:
            if time.monotonic() > deadline:
                raise Fatal('error execution phase %s: timed out waiting for the condition: %s' % (what, error))
            time.sleep(0.2)


def mark_control_plane(client):
    path = '/api/v1/nodes/' + name()
    until('mark-control-plane', lambda: client.call('PATCH', path, {'labels': CONTROL_PLANE_LABELS, 'taints': [CONTROL_PLANE_TAINT]}))


def reset():
    subprocess.run(['systemctl', 'stop', 'kubelet'])
    for folder in (MANIFESTS, pki.PKI, '/var/lib/kubelet', '/var/lib/etcd'):
        print('[reset] Deleting contents of directory: ' + folder)
        shutil.rmtree(folder, ignore_errors=True)
    for component in ('admin', 'super-admin', 'kubelet', 'bootstrap-kubelet', 'controller-manager', 'scheduler'):
        path = '%s/%s.conf' % (KUBERNETES, component)
        if os.path.exists(path):
            os.remove(path)
