"""Keeps running what the manifests in a folder ask for, and shows it to the API as mirror pods."""

import hashlib
import os
import signal
import sys
import time

import yaml
from cluster import clock, kinds, paths

from . import runtime

LOOK_SECONDS = 0.5
LONGEST_BACKOFF = 20  # seconds; the real kubelet goes up to five minutes
FREEZE = paths.HOOKS + '/freeze-learner'


class StaticPods:
    def __init__(self, folder):
        self.folder = folder
        self.failures, self.next_start = {}, {}
        self.frozen, self.parsed = set(), {}

    def keep(self):
        """Until the process ends."""
        while True:
            try:
                self.look()
            except (OSError, ValueError, yaml.YAMLError) as error:
                print('E kubelet] "Could not process manifest" err="%s"' % error, file=sys.stderr, flush=True)
            time.sleep(LOOK_SECONDS)

    def look(self):
        wanted = self.manifests()
        for name in set(runtime.started()) - set(wanted):
            runtime.stop(name)
        running = runtime.running()
        for name, (pod, digest) in wanted.items():
            if running.get(name) != digest:
                self._start(name, pod, digest, crashed=name in runtime.started() and name not in running)
        self._freeze_where_asked(wanted)

    def manifests(self):
        """{name: (pod, digest)}"""
        found = {}
        for file_name in sorted(os.listdir(self.folder)) if os.path.isdir(self.folder) else []:
            if not file_name.startswith('.') and file_name.endswith(('.yaml', '.yml', '.json')):
                pod, digest = self._read(os.path.join(self.folder, file_name))
                found[pod['metadata']['name']] = pod, digest
        return found

    def _read(self, path):
        """A manifest and its digest, parsed anew when the file changed."""
        status = os.stat(path)
        state = status.st_ino, status.st_mtime_ns, status.st_size
        if self.parsed.get(path, (None,))[0] != state:
            with open(path) as file:
                text = file.read()
            self.parsed[path] = state, (yaml.safe_load(text), hashlib.sha256(text.encode()).hexdigest()[:32])
        return self.parsed[path][1]

    def _start(self, name, pod, digest, crashed):
        if crashed and time.monotonic() < self.next_start.get(name, 0):
            return
        self.failures[name] = self.failures.get(name, 0) + 1 if crashed else 0
        self.next_start[name] = time.monotonic() + min(LONGEST_BACKOFF, 2 ** self.failures[name])
        container = pod['spec']['containers'][0]
        runtime.start(name, container['command'], container['image'].rpartition(':')[2], digest)

    def _freeze_where_asked(self, wanted):
        """For tests: an etcd that joins and never catches up, as behind a slow line or disk."""
        frozen = os.path.exists(FREEZE) and any(
            '--initial-cluster-state=existing' in pod['spec']['containers'][0]['command']
            for name, (pod, _) in wanted.items()
            if name == 'etcd'
        )
        if frozen == ('etcd' in self.frozen) or 'etcd' not in runtime.running():
            return
        os.kill(runtime.pid_of('etcd'), signal.SIGSTOP if frozen else signal.SIGCONT)
        self.frozen = {'etcd'} if frozen else set()

    def mirror(self, client, node):
        """Shows the static pods to the API, and takes away those that are no more."""
        wanted, running = self.manifests(), runtime.running()
        have = {
            pod['metadata']['name']: pod
            for pod in client.list(kinds.POD, None, fieldSelector='spec.nodeName=' + node['metadata']['name'])
            if _source(pod)
        }
        names = {'%s-%s' % (name, node['metadata']['name']): (name, pod, digest) for name, (pod, digest) in wanted.items()}
        for mirrored, pod in have.items():
            if mirrored not in names or _source(pod) != names[mirrored][2]:
                client.delete(kinds.POD, pod['metadata']['namespace'], mirrored, {'gracePeriodSeconds': 0})
        for mirrored, (name, pod, digest) in names.items():
            shown = have.get(mirrored)
            if not shown or _source(shown) != digest:
                shown = _show(client, node, mirrored, pod, digest)
            _say_state(client, node, shown, name in running, self.failures.get(name, 0))


def _source(pod):
    return (pod['metadata'].get('annotations') or {}).get('kubernetes.io/config.mirror')


def _show(client, node, name, pod, digest):
    metadata = pod['metadata']
    annotations = {
        **(metadata.get('annotations') or {}),
        'kubernetes.io/config.mirror': digest,
        'kubernetes.io/config.hash': digest,
        'kubernetes.io/config.source': 'file',
        'kubernetes.io/config.seen': clock.stamp(),
    }
    owner = {'apiVersion': 'v1', 'kind': 'Node', 'name': node['metadata']['name'], 'uid': node['metadata']['uid'], 'controller': True}
    return client.create(
        kinds.POD,
        {
            'apiVersion': 'v1',
            'kind': 'Pod',
            'spec': {**pod['spec'], 'nodeName': node['metadata']['name']},
            'metadata': {
                'name': name,
                'namespace': metadata.get('namespace', 'kube-system'),
                'labels': metadata.get('labels') or {},
                'annotations': annotations,
                'ownerReferences': [owner],
            },
        },
    )


def _say_state(client, node, shown, is_running, restarts):
    metadata, ready = shown['metadata'], 'True' if is_running else 'False'
    before = next((each for each in (shown.get('status') or {}).get('conditions') or [] if each['type'] == 'Ready'), {})
    if before.get('status') == ready:
        return
    container = shown['spec']['containers'][0]
    address = next((each['address'] for each in node['status']['addresses'] if each['type'] == 'InternalIP'), '')
    client.patch(
        kinds.POD,
        metadata['namespace'],
        metadata['name'],
        {
            'status': {
                'phase': 'Running',
                'hostIP': address,
                'podIP': address,
                'conditions': [{'type': 'Ready', 'status': ready, 'lastTransitionTime': clock.stamp()}],
                'containerStatuses': [
                    {'name': container['name'], 'image': container['image'], 'ready': is_running, 'restartCount': restarts}
                ],
            }
        },
        'status',
    )
