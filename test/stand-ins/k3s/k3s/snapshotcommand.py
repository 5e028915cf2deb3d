"""`k3s etcd-snapshot save|ls|delete|prune`: asks the server of this host."""
import json

from . import access, flags, layout, log
from .tokencommand import server_access

SERVER = 'https://127.0.0.1:6443'
COMMON = {'name': 'on-demand', 'dir': '', 'etcd-snapshot-dir': '', 'data-dir': '', 'token': '', 'server': SERVER, 'node-name': '',
          'etcd-server': '', 'config': '', 'debug': False, 'snapshot-compress': False, 'etcd-snapshot-compress': False}
KNOWN = {'save': COMMON, 'delete': COMMON, 'ls': {**COMMON, 'output': ''}, 'prune': {**COMMON, 'snapshot-retention': '5'}}
ALIASES = {'list': 'ls', 'l': 'ls'}
OPERATIONS = {'save': 'save', 'delete': 'delete', 'ls': 'list', 'prune': 'prune'}


def main(arguments):
    name = ALIASES.get(arguments[0], arguments[0]) if arguments else 'save'
    if name not in KNOWN:
        raise log.Fatal('No help topic for \'%s\'' % name)
    said, words = flags.read(KNOWN[name], arguments[1:])
    if name == 'delete' and not words:
        raise log.Fatal('no snapshots given for removal')
    answer = _ask(said, {'operation': OPERATIONS[name], 'name': words if name == 'delete' else [said['name']],
                         'dir': said['dir'] or said['etcd-snapshot-dir'], 'retention': int(said.get('snapshot-retention', 5))})
    if name == 'ls':
        return _print(answer['items'], said['output'])
    for each in answer['items']:
        log.info('Snapshot %s %s.', each['name'], 'saved' if name == 'save' else 'deleted')


def _ask(said, request):
    entry = server_access(said['server'], said['token'], layout.Layout(said['data-dir']))
    try:
        return json.loads(entry.send('POST', '/db/snapshot', json.dumps(request).encode()))
    except access.Refused as error:
        raise log.Fatal('see server log for details: %s %s' % (error, error.body))
    except OSError as error:
        raise log.Fatal(str(error))


def _print(items, output):
    if output == 'json':
        print(json.dumps({'kind': 'List', 'apiVersion': 'v1', 'items': [
            {'apiVersion': 'k3s.cattle.io/v1', 'kind': 'ETCDSnapshotFile', 'metadata': {'name': each['name']},
             'spec': {'location': each['location'], 'nodeName': each['nodeName'], 'snapshotName': each['name']},
             'status': {'creationTime': each['created'], 'readyToUse': True, 'size': str(each['size'])}} for each in items]}))
        return
    width = max([len(each['name']) for each in items] + [4]) + 1
    print('%-*s%-*s%-10s%s' % (width, 'Name', width + 45, 'Location', 'Size', 'Created'))
    for each in items:
        print('%-*s%-*s%-10d%s' % (width, each['name'], width + 45, each['location'], each['size'], each['created']))
