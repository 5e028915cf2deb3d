"""flux check, get, reconcile, version: what they are given, and how they end."""
import argparse
import os

from cluster.client import Client
from cluster.errors import ApiError
from cluster.kubeconfig import Broken

from . import check, get, reconcile
from .console import VERSION, CommandError, fail
from .objects import GIT_REPOSITORY, KUSTOMIZATION, seconds


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise CommandError(message)


def main(arguments):
    try:
        options = _parser().parse_args(arguments)
        return options.run(options) or 0
    except (ApiError, CommandError, OSError) as error:
        fail(str(error))
        return 1


def _parser():
    shared = Parser(add_help=False)
    shared.add_argument('-n', '--namespace', default='flux-system')
    shared.add_argument('--kubeconfig')
    shared.add_argument('--timeout', type=seconds, default=300)
    parser = Parser(prog='flux')
    commands = parser.add_subparsers(required=True, metavar='command')

    version = commands.add_parser('version', parents=[shared])
    version.add_argument('--client', action='store_true')
    version.set_defaults(run=lambda options: print('flux: v' + VERSION))

    checking = commands.add_parser('check', parents=[shared])
    checking.add_argument('--pre', action='store_true')
    checking.set_defaults(run=lambda options: check.run(_client(options), options))

    listing = argparse.ArgumentParser(add_help=False)
    listing.add_argument('-A', '--all-namespaces', action='store_true')
    listing.add_argument('--no-header', action='store_true')
    listing.add_argument('--status-selector', default='')
    listing.add_argument('name', nargs='?')
    getting = commands.add_parser('get').add_subparsers(required=True, metavar='resource')
    sources = getting.add_parser('sources', aliases=['source']).add_subparsers(required=True, metavar='kind')
    for parent, names, kind in ((sources, ['git'], GIT_REPOSITORY), (getting, ['kustomizations', 'kustomization', 'ks'], KUSTOMIZATION)):
        one = parent.add_parser(names[0], aliases=names[1:], parents=[shared, listing])
        one.set_defaults(run=lambda options, kind=kind: get.run(_client(options), kind, options))

    starting = commands.add_parser('reconcile').add_subparsers(required=True, metavar='resource')
    source = starting.add_parser('source').add_subparsers(required=True, metavar='kind').add_parser('git', parents=[shared])
    kustomization = starting.add_parser('kustomization', aliases=['ks'], parents=[shared])
    kustomization.add_argument('--with-source', action='store_true')
    for one, kind in ((source, GIT_REPOSITORY), (kustomization, KUSTOMIZATION)):
        one.add_argument('name', nargs='?')
        one.set_defaults(run=lambda options, kind=kind: reconcile.run(_client(options), kind, options))
    return parser


def _client(options):
    path = options.kubeconfig or os.environ.get('KUBECONFIG') or os.path.expanduser('~/.kube/config')
    try:
        return Client.of_file(path)
    except (Broken, OSError) as error:
        raise CommandError('Kubernetes client initialization failed: %s' % error)
