"""`k3s token create|delete|generate|list|rotate`."""
import base64
import json
import os
import re
import secrets
import string
import time

from cluster import clock, kinds
from cluster.client import Client
from cluster.controllers.bootstrap import PREFIX
from cluster.errors import ApiError
from cluster.files import read

from . import access, flags, layout, log, tokens

NAMESPACE, TYPE = 'kube-system', 'bootstrap.kubernetes.io/token'
GROUPS = 'system:bootstrappers:k3s:default-node-token'
UNITS = {'s': 1, 'm': 60, 'h': 3600}
KNOWN = {
    'create': {'kubeconfig': '', 'data-dir': '', 'description': '', 'groups': GROUPS, 'ttl': '24h', 'usages': 'signing,authentication'},
    'delete': {'kubeconfig': '', 'data-dir': ''},
    'generate': {'kubeconfig': '', 'data-dir': ''},
    'list': {'kubeconfig': '', 'data-dir': '', 'output': 'text'},
    'rotate': {'kubeconfig': '', 'data-dir': '', 'server': 'https://127.0.0.1:6443', 'token': '', 'new-token': ''},
}
WARNING = ('\033[33mWARNING\033[0m: Recommended to keep a record of the old token. If restoring from a snapshot, you must use the '
           'token associated with that snapshot.')


def main(arguments):
    name = arguments[0] if arguments else ''
    if name not in KNOWN:
        raise log.Fatal('No help topic for \'%s\'' % name)
    said, words = flags.read(KNOWN[name], arguments[1:])
    {'create': _create, 'delete': _delete, 'generate': _generate, 'list': _list, 'rotate': _rotate}[name](said, words)


def _client(said):
    return Client.of_file(said['kubeconfig'] or os.environ.get('KUBECONFIG') or layout.KUBECONFIG)


def _random_token():
    letters = string.ascii_lowercase + string.digits
    return '%s.%s' % tuple(''.join(secrets.choice(letters) for _ in range(length)) for length in (6, 16))


def _create(said, words):
    token = words[0] if words else _random_token()
    if not tokens.BOOTSTRAP.fullmatch(token):
        raise log.Fatal('the bootstrap token "%s" was not of the form "\\A([a-z0-9]{6})\\.([a-z0-9]{16})\\z"' % token)
    name, secret = token.split('.')
    client, life = _client(said), _seconds(said['ttl'])
    data = {'token-id': name, 'token-secret': secret, 'description': said['description'], 'auth-extra-groups': said['groups'],
            **{'usage-bootstrap-' + usage: 'true' for usage in said['usages'].split(',')}}
    if life:
        data['expiration'] = clock.stamp(clock.now() + life)
    try:
        client.create(kinds.SECRET, {
            'apiVersion': 'v1', 'kind': 'Secret', 'type': TYPE, 'metadata': {'name': PREFIX + name, 'namespace': NAMESPACE},
            'data': {key: base64.b64encode(value.encode()).decode() for key, value in data.items()}})
    except ApiError as error:
        raise log.Fatal('a token with id "%s" already exists' % name if error.code == 409 else str(error))
    print(tokens.format_token(token, read(layout.Layout(said['data-dir']).server_ca)))


def _seconds(text):
    if text in ('0', ''):
        return 0
    parts = re.findall(r'(\d+(?:\.\d+)?)([smh])', text)
    if ''.join(number + unit for number, unit in parts) != text:
        raise log.Fatal('invalid value "%s" for flag -ttl: parse error' % text)
    return sum(float(number) * UNITS[unit] for number, unit in parts)


def _delete(said, words):
    if not words:
        raise log.Fatal('missing argument; \'token delete\' is missing token')
    client = _client(said)
    for word in words:
        name = word.split('.')[0]
        try:
            client.delete(kinds.SECRET, NAMESPACE, PREFIX + name)
        except ApiError as error:
            raise log.Fatal('failed to delete bootstrap token "%s": %s' % (name, error))
        print('bootstrap token "%s" deleted' % name)


def _generate(_said, _words):
    print(_random_token())


def _list(said, _words):
    found = [item for item in _client(said).list(kinds.SECRET, NAMESPACE) if item.get('type') == TYPE]
    rows = [{key: base64.b64decode(value).decode() for key, value in item['data'].items()} for item in found]
    if said['output'] == 'json':
        print(json.dumps([{'token': row['token-id'], 'description': row.get('description', ''), 'expires': row.get('expiration'),
                           'groups': row.get('auth-extra-groups', '').split(',')} for row in rows]))
        return
    print('%-10s%-10s%-23s%-27s%-15s%s' % ('TOKEN', 'TTL', 'EXPIRES', 'USAGES', 'DESCRIPTION', 'EXTRA GROUPS'))
    for row in rows:
        end = row.get('expiration')
        left = '%ds' % (clock.seconds(end) - clock.now()) if end else '<forever>'
        usages = ','.join(sorted(key[len('usage-bootstrap-'):] for key in row if key.startswith('usage-bootstrap-')))
        print('%-10s%-10s%-23s%-27s%-15s%s' % (row['token-id'], left, end or '<never>', usages, row.get('description') or '<none>',
                                               row.get('auth-extra-groups') or '<none>'))


def _rotate(said, _words):
    print(WARNING)
    entry = server_access(said['server'], said['token'], layout.Layout(said['data-dir']))
    try:
        entry.send('PUT', '/v1-k3s/token', json.dumps({'newToken': said['new-token']}).encode())
    except access.Refused as error:
        raise log.Fatal('%s %s' % (error, error.body))
    time.sleep(1)  # until all members know of it
    print('Token rotated, restart k3s nodes with new token')


def server_access(server, token, paths):
    """Access as a server; its own token by default."""
    try:
        return access.Access(server, token or os.environ.get('K3S_TOKEN') or read(paths.token).strip(), 'server')
    except OSError as error:
        raise log.Fatal(str(error))
    except tokens.TokenError as error:
        raise log.Fatal(str(error))
