"""kubectl's command line."""
import argparse
import sys

from ..errors import ApiError
from ..jsonpath import BadPath
from ..kubeconfig import Broken
from . import config, nodes, read, write
from .failure import Failure, explain
from .session import HOME_CONFIG, Session


def main(argv, version, default_config=HOME_CONFIG):
    """The exit code. `version` is the program's own, such as v1.30.4;
    `default_config` is read where neither --kubeconfig nor KUBECONFIG names a file."""
    args = _parse(argv)
    session = Session(args, version, default_config)
    try:
        return args.run(args, session)
    except (ApiError, Failure, Broken, BadPath, OSError) as error:
        sys.stdout.flush()
        print(explain(error, session.server), file=sys.stderr)
        return getattr(error, 'code', 1) if isinstance(error, Failure) else 1


def _parse(argv):
    """Words may stand between options, which argparse alone does not take."""
    top = parser()
    args, rest = top.parse_known_args([_switch(word) for word in argv])
    unknown = [word for word in rest if word.startswith('-')]
    if unknown:
        top.error('unknown flag: %s' % unknown[0])
    args.words += rest
    return args


def _switch(word):
    """--flag=true as --flag, --flag=false as --no-flag."""
    name, _, value = word.partition('=')
    if not name.startswith('--') or value not in ('true', 'false'):
        return word
    return name if value == 'true' else '--no-' + name[2:]


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        print('error: %s\nSee \'%s --help\' for usage.' % (message, self.prog), file=sys.stderr)
        sys.exit(1)


def parser():
    shared = _shared()
    top = _Parser(prog='kubectl', parents=[_shared(default=None)], allow_abbrev=False)
    commands = top.add_subparsers(required=True, dest='command', parser_class=_Parser)

    def command(name, run, *options, parent=commands):
        sub = parent.add_parser(name, parents=[shared], allow_abbrev=False)
        sub.set_defaults(run=run)
        sub.add_argument('words', nargs='*')
        for option in options:
            option(sub)
        return sub

    command('get', read.get, _selecting, _output, _flags('--ignore-not-found', '--no-headers', '--show-labels'), _values('--raw'))
    command('wait', read.wait, _selecting, _output).add_argument('--for', dest='condition', required=True)
    command('cluster-info', read.cluster_info)
    command('version', read.version, _output, _flags('--client'))
    command('api-resources', read.api_resources, _output, _flags('--no-headers'), _values('--api-group'))
    command('apply', write.apply, _files, _output, _flags('--server-side', '--force-conflicts', '--wait', '--prune'), _dry_run)
    command('create', write.create, _files, _output, _dry_run)
    deleting = command('delete', write.delete, _files, _selecting, _output, _flags('--ignore-not-found', '--force', '--now'))
    deleting.add_argument('--grace-period', type=int)
    deleting.add_argument('--wait', action=argparse.BooleanOptionalAction, default=True)
    patching = command('patch', write.patch, _output, _values('--patch-file', '--subresource'))
    patching.add_argument('-p', '--patch')
    patching.add_argument('--type', choices=write.PATCH_TYPES, default='strategic')
    for name, run in (('label', write.label), ('annotate', write.annotate)):
        command(name, run, _selecting, _output, _flags('--overwrite'))
    command('scale', write.scale).add_argument('--replicas', type=int, required=True)
    for name in ('cordon', 'uncordon'):
        command(name, nodes.cordon, _selecting)
    draining = command('drain', nodes.drain, _selecting, _flags('--ignore-daemonsets', '--delete-emptydir-data', '--force', '--disable-eviction'),
                       _values('--pod-selector', '--skip-wait-for-delete-timeout'))
    draining.add_argument('--grace-period', type=int)
    command('taint', nodes.taint, _selecting, _flags('--overwrite'))
    for name, actions in (('rollout', {'status': read.rollout_status, 'restart': write.rollout_restart}), ('auth', {'can-i': read.can_i}),
                          ('certificate', {'approve': write.certificate, 'deny': write.certificate})):
        inner = commands.add_parser(name).add_subparsers(required=True, dest='command', parser_class=_Parser)
        for action, run in actions.items():
            command(action, run, _values('--timeout'), _everywhere, parent=inner)
    inner = commands.add_parser('config').add_subparsers(required=True, dest='command', parser_class=_Parser)
    for action in ('view', 'get-contexts', 'current-context', 'use-context', 'delete-context', 'get-clusters', 'get-users'):
        command(action, config.config, _output, _flags('--minify', '--flatten', '--no-headers', '--raw'), parent=inner)
    return top


def _shared(default=argparse.SUPPRESS):
    """Options that may stand before and behind the command."""
    options = argparse.ArgumentParser(add_help=False)
    for name in ('--kubeconfig', '--context', '--request-timeout', '--server', '--token', '--as-group'):
        options.add_argument(name, default=default)
    options.add_argument('--as', dest='as_', default=default)
    options.add_argument('-n', '--namespace', default=default)
    options.add_argument('-v', '--v', type=int, default=default)
    return options


def _selecting(sub):
    sub.add_argument('-l', '--selector')
    sub.add_argument('--field-selector')
    _everywhere(sub)
    sub.add_argument('--all', action='store_true')
    sub.add_argument('--timeout')


def _everywhere(sub):
    sub.add_argument('-A', '--all-namespaces', action='store_true')


def _output(sub):
    sub.add_argument('-o', '--output')


def _files(sub):
    sub.add_argument('-f', '--filename', action='append', default=[])


def _dry_run(sub):
    sub.add_argument('--dry-run', default='none', choices=['none', 'client', 'server'])


def _flags(*names):
    def add(sub):
        for name in names:
            sub.add_argument(name, action=argparse.BooleanOptionalAction, default=False)
    return add


def _values(*names):
    def add(sub):
        for name in names:
            sub.add_argument(name)
    return add
