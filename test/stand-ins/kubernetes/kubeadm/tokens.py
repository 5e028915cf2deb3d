"""kubeadm token: secrets of type bootstrap.kubernetes.io/token, and the command line that a node joins with."""

import base64
import os
import re

from cluster import canaries, clock, kinds
from cluster.controllers import bootstrap
from cluster.errors import ApiError

from . import certificates, constants
from .failure import Fatal
from .settings import duration

FORM = re.compile(r'^[a-z0-9]{6}\.[a-z0-9]{16}$')
TYPE = 'bootstrap.kubernetes.io/token'


def generate():
    return '%s.%s' % (os.urandom(3).hex(), os.urandom(8).hex())


def create(client, token, seconds, usages=('signing', 'authentication'), description='', groups=constants.BOOTSTRAPPERS):
    """Stores a token; without an end where `seconds` is 0. Gives the secret."""
    if not FORM.match(token):
        raise Fatal('the bootstrap token "%s" was not of the form "\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z"' % token)
    name, secret = token.split('.')
    canaries.note(secret)
    data = {'token-id': name, 'token-secret': secret, **{'usage-bootstrap-' + usage: 'true' for usage in usages}}
    data.update({key: value for key, value in (('description', description), ('auth-extra-groups', groups)) if value})
    if seconds:
        data['expiration'] = clock.stamp(clock.now() + seconds)
    try:
        return client.create(
            kinds.SECRET,
            {
                'apiVersion': 'v1',
                'kind': 'Secret',
                'type': TYPE,
                'metadata': {'name': bootstrap.PREFIX + name, 'namespace': 'kube-system'},
                'data': {key: base64.b64encode(value.encode()).decode() for key, value in data.items()},
            },
        )
    except ApiError as error:
        if error.code == 409:
            raise Fatal('a token with id "%s" already exists' % name)
        raise


def create_command(args, client):
    token = args.word[0] if args.word else generate()
    if args.certificate_key and not args.print_join_command:
        raise Fatal('cannot use --certificate-key without --print-join-command')
    usages = tuple((args.usages or 'signing,authentication').split(','))
    create(client, token, duration(args.ttl or '24h0m0s'), usages, args.description or '', args.groups or constants.BOOTSTRAPPERS)
    print(join_command(client, token, args.certificate_key) if args.print_join_command else token)


def list_command(args, client):
    held = bootstrap.tokens(client.list(kinds.SECRET, 'kube-system'))
    rows = [
        [
            data['token-id'] + '.' + data['token-secret'],
            _left(data),
            data.get('expiration', '<never>'),
            ','.join(sorted(key[len('usage-bootstrap-') :] for key in data if key.startswith('usage-bootstrap-'))) or '<none>',
            data.get('description') or '<none>',
            data.get('auth-extra-groups') or '<none>',
        ]
        for data in held.values()
    ]
    if rows:
        for row in [['TOKEN', 'TTL', 'EXPIRES', 'USAGES', 'DESCRIPTION', 'EXTRA GROUPS'], *rows]:
            print('   '.join(cell.ljust(25) for cell in row).rstrip())


def _left(data):
    if 'expiration' not in data:
        return '<forever>'
    left = int(clock.seconds(data['expiration']) - clock.now())
    return '<invalid>' if left < 0 else '%dh' % (left // 3600) if left >= 7200 else '%dm' % (left // 60) if left >= 120 else '%ds' % left


def delete_command(args, client):
    if not args.word:
        raise Fatal('missing argument; \'token delete\' is missing token of form "[a-z0-9]{6}" or "[a-z0-9]{6}.[a-z0-9]{16}"')
    for given in args.word:
        name = given.split('.')[0]
        if not re.fullmatch('[a-z0-9]{6}', name):
            raise Fatal('given token didn\'t match pattern "[a-z0-9]{6}" or "[a-z0-9]{6}.[a-z0-9]{16}"')
        try:
            client.delete(kinds.SECRET, 'kube-system', bootstrap.PREFIX + name)
        except ApiError as error:
            raise Fatal('failed to delete bootstrap token "%s": %s' % (name, error))
        print('bootstrap token "%s" deleted' % name)


def join_command(client, token, certificate_key=None):
    plane = '--control-plane --certificate-key %s' % certificate_key if certificate_key else ''
    return 'kubeadm join %s --token %s --discovery-token-ca-cert-hash %s %s' % (
        client.server.split('//')[1],
        token,
        certificates.ca_digest(),
        plane,
    )
