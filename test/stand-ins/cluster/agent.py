"""A node's part: registers it, gives signs of life, and lets the pods that were given to it run and end."""
import os
import threading
import time

from . import clock, kinds
from .client import STRATEGIC
from .errors import ApiError
from .processes import Processes

LEASE_SECONDS = 40
SIGN_SECONDS = 10  # between two signs of life, if nothing changed
LOOK_SECONDS = 1
POD_SECONDS = 1
NETWORK_FOLDER = '/etc/cni/net.d'


class Node:
    """What a node says of itself. `ready()` gives (is it, why not); `conditions()` gives more conditions, as {type: (status, reason)};
    `taints` and `labels` are set when it registers, `annotations` kept as they are given."""

    def __init__(self, name, address, version, labels=None, taints=(), annotations=None, runtime='containerd://1.6.20', ready=None, conditions=None):
        self.name, self.address, self.version, self.runtime = name, address, version, runtime
        self.labels, self.taints, self.annotations = labels or {}, list(taints), annotations or {}
        self.ready, self.conditions = ready or (lambda: (True, '')), conditions or (lambda: {})


class Agent:
    def __init__(self, client, node, log=None):
        self.client, self.node, self.log = client, node, log or (lambda text: None)
        self.said, self.due, self.processes = None, 0, Processes()

    def start(self):
        """Works until the process ends."""
        for work, pause in ((self.sign_when_due, LOOK_SECONDS), (self.look_after_pods, POD_SECONDS)):
            threading.Thread(target=self._repeat, args=(work, pause), daemon=True).start()

    def _repeat(self, work, pause):
        while True:
            try:
                work()
                time.sleep(pause)
            except (OSError, ApiError) as error:
                self.log('E kubelet] "Unable to talk to the API server" err="%s"' % error)
                time.sleep(1)

    def sign_when_due(self):
        state = self.node.ready(), self.node.conditions(), self.node.annotations.copy()
        if state != self.said or time.monotonic() >= self.due:
            self.sign()
            self.said, self.due = state, time.monotonic() + SIGN_SECONDS

    def sign(self):
        """Registers where needed, renews the lease, and says what changed."""
        found = self.client.find(kinds.NODE, None, self.node.name)
        if found is None:
            found = self.client.create(kinds.NODE, self._as_object())
        self._renew(found)
        status = self._status()
        if any(self._differs(found, each) for each in status['conditions']) or found['status'].get('nodeInfo') != status['nodeInfo']:
            self.client.patch(kinds.NODE, None, self.node.name, {'status': status}, 'status', STRATEGIC)
        annotations = found['metadata'].get('annotations') or {}
        if any(annotations.get(key) != value for key, value in self.node.annotations.items()):
            self.client.patch(kinds.NODE, None, self.node.name, {'metadata': {'annotations': self.node.annotations}})

    def _as_object(self):
        labels = {'kubernetes.io/hostname': self.node.name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64',
                  'beta.kubernetes.io/os': 'linux', 'beta.kubernetes.io/arch': 'amd64', **self.node.labels}
        spec = {'taints': self.node.taints} if self.node.taints else {}
        return {'apiVersion': 'v1', 'kind': 'Node', 'metadata': {'name': self.node.name, 'labels': labels, 'annotations': self.node.annotations},
                'spec': spec, 'status': self._status()}

    def _renew(self, node):
        lease = self.client.find(kinds.LEASE, 'kube-node-lease', self.node.name)
        spec = {'holderIdentity': self.node.name, 'leaseDurationSeconds': LEASE_SECONDS, 'renewTime': clock.micro_stamp()}
        if lease:
            self.client.patch(kinds.LEASE, 'kube-node-lease', self.node.name, {'spec': spec})
        else:
            owner = {'apiVersion': 'v1', 'kind': 'Node', 'name': self.node.name, 'uid': node['metadata']['uid']}
            self.client.create(kinds.LEASE, {'apiVersion': kinds.LEASE.api_version, 'kind': 'Lease', 'spec': spec, 'metadata': {
                'name': self.node.name, 'namespace': 'kube-node-lease', 'ownerReferences': [owner]}})

    def _status(self):
        is_ready, problem = self.node.ready()
        said = {'MemoryPressure': ('False', 'KubeletHasSufficientMemory'), 'DiskPressure': ('False', 'KubeletHasNoDiskPressure'),
                'PIDPressure': ('False', 'KubeletHasSufficientPID'), **self.node.conditions()}
        conditions = [{'type': kind, 'status': status, 'reason': reason} for kind, (status, reason) in said.items()]
        conditions.append({'type': 'Ready', 'status': 'True' if is_ready else 'False', 'reason': 'KubeletReady' if is_ready else 'KubeletNotReady',
                           'message': problem or 'kubelet is posting ready status'})
        now = clock.stamp()
        for each in conditions:
            each.update(lastHeartbeatTime=now, lastTransitionTime=now)
        resources = {'cpu': str(os.cpu_count()), 'memory': '%dKi' % (os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') // 1024), 'pods': '110'}
        return {'conditions': conditions, 'capacity': resources, 'allocatable': resources,
                'addresses': [{'type': 'InternalIP', 'address': self.node.address}, {'type': 'Hostname', 'address': self.node.name}],
                'nodeInfo': {'kubeletVersion': self.node.version, 'kubeProxyVersion': self.node.version, 'containerRuntimeVersion': self.node.runtime,
                             'operatingSystem': 'linux', 'architecture': 'amd64', 'osImage': _os_name(), 'kernelVersion': os.uname().release,
                             'machineID': _text('/etc/machine-id'), 'bootID': _text('/proc/sys/kernel/random/boot_id'), 'systemUUID': _text('/etc/machine-id')}}

    @staticmethod
    def _differs(node, condition):
        held = next((each for each in node['status'].get('conditions') or [] if each['type'] == condition['type']), {})
        return held.get('status') != condition['status']

    def look_after_pods(self):
        for pod in self.client.list(kinds.POD, fieldSelector='spec.nodeName=' + self.node.name):
            metadata, phase = pod['metadata'], (pod.get('status') or {}).get('phase')
            if 'deletionTimestamp' in metadata:
                self.processes.stop(pod)
                self.client.delete(kinds.POD, metadata['namespace'], metadata['name'], {'gracePeriodSeconds': 0})
            elif phase == 'Pending':
                _install_network(pod)
                self.processes.start(pod)
                self.client.patch(kinds.POD, metadata['namespace'], metadata['name'], {'status': self._running(pod)}, 'status')
            elif phase == 'Running':
                ended = self.processes.ended(pod)
                if ended:
                    self.client.patch(kinds.POD, metadata['namespace'], metadata['name'], {'status': ended}, 'status')

    def _running(self, pod):
        now = clock.stamp()
        return {'phase': 'Running', 'podIP': self.node.address, 'hostIP': self.node.address, 'startTime': now,
                'conditions': [{'type': kind, 'status': 'True', 'lastTransitionTime': now} for kind in ('Initialized', 'Ready', 'ContainersReady', 'PodScheduled')],
                'containerStatuses': [{'name': each.get('name', ''), 'image': each.get('image', ''), 'ready': True, 'started': True, 'restartCount': 0,
                                       'state': {'running': {'startedAt': now}}} for each in pod['spec'].get('containers') or []]}


def network_is_there():
    """(whether a network plugin was configured on this host, why not) for Node.ready."""
    there = os.path.isdir(NETWORK_FOLDER) and any(name.endswith(('.conf', '.conflist')) for name in os.listdir(NETWORK_FOLDER))
    return there, '' if there else 'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady ' \
        'message:Network plugin returns error: cni plugin not initialized'


def _install_network(pod):
    """What the pods of a network plugin do with the folder of the host that they mount."""
    if any((volume.get('hostPath') or {}).get('path', '').rstrip('/') == NETWORK_FOLDER for volume in pod['spec'].get('volumes') or []):
        os.makedirs(NETWORK_FOLDER, exist_ok=True)
        with open(NETWORK_FOLDER + '/10-%s.conflist' % pod['metadata'].get('labels', {}).get('app', 'network'), 'w') as file:
            file.write('{"name": "cbr0", "cniVersion": "0.3.1", "plugins": []}\n')


def _os_name():
    for line in _text('/etc/os-release').splitlines():
        if line.startswith('PRETTY_NAME='):
            return line.split('=', 1)[1].strip('"')
    return 'Linux'


def _text(path):
    with open(path) as file:
        return file.read().strip()
