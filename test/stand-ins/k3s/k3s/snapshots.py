"""Snapshots of the datastore: files under server/db/snapshots, named PREFIX-NODE-SECONDS. The real etcdctl makes them."""
import os
import subprocess
import time

from cluster.etcd import EtcdError
from cluster.paths import program

from . import datastore, log


def serve(server, request):
    """What `k3s etcd-snapshot` asks of the server: {operation, name, dir, retention}."""
    folder = request.get('dir') or server.paths.snapshots
    if request['operation'] == 'save':
        return _save(server, folder, request['name'][0])
    if request['operation'] == 'list':
        return {'items': _files(folder, server.node)}
    if request['operation'] == 'delete':
        return {'items': [_delete(folder, name) for name in request['name'] if os.path.exists(os.path.join(folder, name))]}
    found = [each for each in _files(folder, server.node) if each['name'].startswith('%s-%s-' % (request['name'][0], server.node))]
    return {'items': [_delete(folder, each['name']) for each in found[:-request['retention']]]}


def _save(server, folder, prefix):
    if server.member.client().status().get('isLearner'):
        log.warning('Unable to take snapshot: not supported for learner')
        return {'items': []}
    os.makedirs(folder, mode=0o700, exist_ok=True)
    name = '%s-%s-%d' % (prefix, server.node, time.time())
    path = os.path.join(folder, name)
    log.info('Saving etcd snapshot to %s', path)
    tls = server.paths.tls + '/etcd'
    done = subprocess.run([program('etcdctl'), '--endpoints', datastore.LOOPBACK, '--cacert', tls + '/server-ca.crt', '--cert',
                           tls + '/client.crt', '--key', tls + '/client.key', 'snapshot', 'save', path],
                          capture_output=True, text=True, env={**os.environ, 'ETCDCTL_API': '3'})
    if done.returncode:
        raise EtcdError('failed to save snapshot: ' + done.stderr.strip())
    os.chmod(path, 0o600)
    return {'items': [each for each in _files(folder, server.node) if each['name'] == name]}


def _delete(folder, name):
    os.remove(os.path.join(folder, os.path.basename(name)))
    return {'name': name}


def _files(folder, node):
    """The oldest first."""
    names = sorted(os.listdir(folder), key=lambda name: name.rpartition('-')[2]) if os.path.isdir(folder) else []
    return [{'name': name, 'nodeName': node, 'location': 'file://' + os.path.join(folder, name),
             'size': os.path.getsize(os.path.join(folder, name)), 'created': _created(name)} for name in names]


def _created(name):
    seconds = name.rpartition('-')[2]
    return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(int(seconds))) if seconds.isdigit() else ''
