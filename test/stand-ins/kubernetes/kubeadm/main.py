"""kubeadm's command line."""

import argparse
import os
import sys

from cluster.client import Client
from cluster.errors import ApiError
from cluster.etcd import EtcdError

from . import cluster_config, constants, init, join, maintenance, preflight, reset, settings, tokens, upgrade, workflow
from .failure import Fatal

STACK = 'To see the stack trace of this error execute with --v=5 or higher'


def main(argv):
    try:
        args = parser().parse_args([_switch(word) for word in argv])
        args.run(args)
        return 0
    except Fatal as error:
        sys.stdout.flush()
        print('%s\n%s' % (error, STACK), file=sys.stderr)
        return error.code
    except (ApiError, EtcdError, OSError) as error:
        sys.stdout.flush()
        print('%s\n%s' % (error, STACK), file=sys.stderr)
        return 1


def _switch(word):
    """--flag=true as --flag, --flag=false as --no-flag."""
    name, _, value = word.partition('=')
    if not name.startswith('--') or value not in ('true', 'false'):
        return word
    return name if value == 'true' else '--no-' + name[2:]


def run_init(args):
    found = settings.for_init(args)
    found.control_plane = True
    state = init.State(found, args)
    if args.phase:
        _of_this_node(found, args)
        workflow.run_named(init.PHASES, args.phase, state)
    else:
        workflow.run(init.PHASES, state, found.skipped)


def _of_this_node(found, args):
    """One phase, run later, means the cluster as it is."""
    if os.path.exists(constants.ADMIN) and args.phase[0] in (
        'upload-certs',
        'mark-control-plane',
        'bootstrap-token',
        'control-plane',
        'etcd',
        'addon',
    ):
        known = cluster_config.of_node(Client.of_file(constants.ADMIN), args.node_name, args.apiserver_advertise_address)
        found.cluster, found.address = known.cluster, known.address


def run_join(args):
    if args.phase and args.phase[-1].count('.') and ':' in args.phase[-1]:
        args.endpoint = args.phase.pop()
    found = settings.for_join(args)
    state = join.State(found, args)
    if args.phase:
        workflow.run_named(join.PHASES, args.phase, state)
    else:
        workflow.run(join.PHASES, state, found.skipped)
        join.tell(found)


def run_reset(args):
    preflight.require_root()
    state = reset.State(args)
    state.read()
    if args.phase:
        workflow.run_named(reset.PHASES, args.phase, state)
        return
    workflow.run(reset.PHASES, state, [name for name in (args.skip_phases or '').split(',') if name])
    print(reset.ADVICE)


def run_token(args):
    if args.action == 'generate':
        print(tokens.generate())
        return
    path = args.kubeconfig or os.environ.get('KUBECONFIG') or constants.ADMIN
    if not os.path.exists(path):
        raise Fatal('failed to load admin kubeconfig: open %s: no such file or directory' % path)
    {'create': tokens.create_command, 'list': tokens.list_command, 'delete': tokens.delete_command}[args.action](args, Client.of_file(path))


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        print('%s\n%s' % (message, STACK), file=sys.stderr)
        sys.exit(1)


def parser():
    top = _Parser(prog='kubeadm', allow_abbrev=False)
    commands = top.add_subparsers(required=True, parser_class=_Parser)
    _add(
        commands,
        'init',
        run_init,
        ['upload-certs', 'skip-token-print', 'skip-certificate-key-print', 'dry-run'],
        [
            'control-plane-endpoint',
            'kubernetes-version',
            'pod-network-cidr',
            'service-cidr',
            'service-dns-domain',
            'image-repository',
            'token',
            'token-ttl',
            'apiserver-cert-extra-sans',
            'feature-gates',
            *NODE_OPTIONS,
        ],
        phases=True,
    )
    joining = _add(
        commands,
        'join',
        run_join,
        ['control-plane', 'discovery-token-unsafe-skip-ca-verification', 'dry-run'],
        ['token', 'discovery-token', 'tls-bootstrap-token', *NODE_OPTIONS],
        phases=True,
        endpoint=True,
    )
    joining.add_argument('--discovery-token-ca-cert-hash', action='append')
    _add(
        commands,
        'reset',
        run_reset,
        ['force', 'dry-run', 'cleanup-tmp-dir'],
        ['cri-socket', 'cert-dir', 'kubeconfig', 'skip-phases', 'config', 'ignore-preflight-errors'],
        phases=True,
    )
    _add(commands, 'version', maintenance.show_version, [], ['output'])
    _actions(
        commands,
        'token',
        run_token,
        ('create', 'list', 'delete', 'generate'),
        ['print-join-command', 'dry-run'],
        ['kubeconfig', 'ttl', 'usages', 'groups', 'description', 'certificate-key', 'config'],
    )
    for action, run in (('plan', upgrade.plan), ('apply', upgrade.apply), ('node', upgrade.node)):
        _actions(
            commands,
            'upgrade',
            run,
            (action,),
            ['yes', 'force', 'dry-run', 'allow-experimental-upgrades', 'etcd-upgrade', 'certificate-renewal', 'print-config'],
            ['kubeconfig', 'config', 'ignore-preflight-errors', 'patches', 'skip-phases', 'output'],
        )
    for action, run in (
        ('check-expiration', maintenance.check_expiration),
        ('renew', maintenance.renew),
        ('certificate-key', maintenance.certificate_key),
    ):
        _actions(commands, 'certs', run, (action,), [], ['config', 'kubeconfig', 'cert-dir'])
    images = _choices(commands, 'config').add_parser('images').add_subparsers(required=True, dest='action', parser_class=_Parser)
    for action in ('list', 'pull'):
        _add(images, action, maintenance.images, [], ['config', 'kubernetes-version', 'cri-socket', 'image-repository'])
    return top


NODE_OPTIONS = (
    'apiserver-advertise-address',
    'certificate-key',
    'config',
    'cri-socket',
    'ignore-preflight-errors',
    'node-name',
    'patches',
    'skip-phases',
)
SHORT = {'force': '-f', 'output': '-o', 'yes': '-y'}


def _add(commands, name, run, flags, options, phases=False, endpoint=False):
    sub = commands.add_parser(name, allow_abbrev=False)
    sub.set_defaults(run=run, phase=None, endpoint=None)
    sub.add_argument('--v', '-v', type=int)
    for flag in flags:
        sub.add_argument(*filter(None, ('--' + flag, SHORT.get(flag))), action='store_true', default=None)
        sub.add_argument('--no-' + flag, dest=flag.replace('-', '_'), action='store_false', default=None)
    for option in options:
        sub.add_argument(*filter(None, ('--' + option, SHORT.get(option))))
    if phases:
        sub.add_argument('words', nargs='*', action=_Words, endpoint=endpoint)
    else:
        sub.add_argument('word', nargs='*')
    return sub


_groups = {}


def _choices(commands, name):
    key = id(commands), name
    if key not in _groups:
        _groups[key] = commands.add_parser(name).add_subparsers(required=True, dest='action', parser_class=_Parser)
    return _groups[key]


def _actions(commands, name, run, actions, flags, options):
    for action in actions:
        _add(_choices(commands, name), action, run, flags, options)


class _Words(argparse.Action):
    """`phase NAME [PART]`, or the endpoint that is to be joined."""

    def __init__(self, *args, endpoint=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.takes_endpoint = endpoint

    def __call__(self, parser, namespace, values, option=None):
        if values[:1] == ['phase'] and len(values) > 1:
            namespace.phase = values[1:]
        elif self.takes_endpoint and len(values) == 1:
            namespace.endpoint = values[0]
        elif values:
            parser.error('unknown command "%s" for "%s"' % (values[0], parser.prog))
