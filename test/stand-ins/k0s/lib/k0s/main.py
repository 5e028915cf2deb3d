"""k0s's command line."""
import json
import os
import sys

import yaml

from cluster import kubeconfig, pki
from cluster.errors import ApiError
from cluster.etcd import EtcdError
from cluster.files import read
from cluster.kubectl.main import main as kubectl

from . import backup, config, flags, reset, service, status, tokens, worker
from .access import etcd
from .controller import Controller
from .layout import Layout, version
from .log import Failure, error, info


def main(words):
    """The exit code."""
    # A command may have two words; the longest that is known counts.
    for length in (2, 1):
        run = COMMANDS.get(' '.join(words[:length]))
        if run:
            try:
                return run(words[length:]) or 0
            except (Failure, EtcdError, ApiError) as problem:
                sys.stdout.flush()
                print('Error: %s' % problem, file=sys.stderr)
                return 1
    print('Error: unknown command "%s" for "k0s"' % (words[0] if words else ''), file=sys.stderr)
    return 1


def run_version(words):
    given, _ = flags.parse(words, {'all': bool, 'json': bool})
    print(json.dumps({'k0s': version()}, indent=3) if given.get('json') else 'k0s : ' + version() if given.get('all') else version())


def run_controller(words):
    given, arguments = flags.parse(words, flags.CONTROLLER, (0, 1))
    require_root()
    Controller(Layout(given), given, arguments[0] if arguments else '').run()


def run_worker(words):
    given, arguments = flags.parse(words, flags.WORKER, (0, 1))
    require_root()
    worker.run(Layout(given), given, arguments[0] if arguments else '')


def run_install_controller(words):
    given, _ = flags.parse(words, {**flags.CONTROLLER, **flags.INSTALL})
    require_root()
    config.read(Layout(given).config, required='config' in given)
    install('controller', given)


def run_install_worker(words):
    given, _ = flags.parse(words, {**flags.WORKER, **flags.INSTALL})
    require_root()
    install('worker', given)


def install(role, given):
    service.install(role, flags.as_words(given), given.get('force', False))
    if given.get('start'):
        service.start(given.get('force', False))


def run_start(words):
    flags.parse(words, {})
    require_root()
    service.start()


def run_stop(words):
    flags.parse(words, {})
    require_root()
    service.stop()


def run_status(words):
    given, _ = flags.parse(words, {'out': str})
    status.show(Layout(given), given.get('out'))


def run_token_create(words):
    given, _ = flags.parse(words, {'role': str, 'expiry': str, 'wait': bool, 'config': str})
    print(tokens.create(Layout(given), given.get('role', 'worker'), tokens.seconds(given.get('expiry', '0s'))))


def run_token_list(words):
    given, _ = flags.parse(words, {'role': str})
    tokens.print_list(Layout(given), given.get('role'))


def run_token_invalidate(words):
    given, names = flags.parse(words, {}, (1, 99))
    tokens.invalidate(Layout(given), names)


def run_etcd_member_list(words):
    given, _ = flags.parse(words, {})
    try:
        members = etcd(Layout(given)).members()
    except EtcdError as problem:
        raise Failure("can't list etcd cluster members: etcd member list failed: %s" % problem)
    print(json.dumps({'members': {member['name']: member['peerURLs'][0] for member in members}}, separators=(',', ':')))


def run_etcd_leave(words):
    given, _ = flags.parse(words, {'peer-address': str})
    place = Layout(given)
    address = given.get('peer-address') or config.read(place.config)['spec']['storage']['etcd']['peerAddress']
    store, url = etcd(place), 'https://%s:2380' % address
    found = store.member_of(url)
    if not found:
        error('Failed to get peer name')
        raise Failure('peer not found: ' + url)
    store.remove_member(found['ID'])
    info('Successfully deleted')


def run_kubeconfig_admin(words):
    given, _ = flags.parse(words, {})
    place = Layout(given)
    for name in ('ca.crt', 'admin.crt', 'admin.key'):
        if not os.path.exists('%s/%s' % (place.pki, name)):
            raise Failure('admin PKI file "%s/%s" not found, check if the control plane is initialized on this node' % (place.pki, name))
    print(kubeconfig.render(config.url(config.read(place.config), 'port'), read(place.ca), 'user', read(place.pki + '/admin.crt'),
                            read(place.pki + '/admin.key'), cluster='local', context='Default'), end='')


def run_kubeconfig_create(words):
    given, (user,) = flags.parse(words, {'groups': str, 'certificate-expires-after': str, 'context-name': str, 'config': str}, (1, 1))
    place = Layout(given)
    name = given.get('context-name', 'k0s')
    key, request = pki.make_request(user, given.get('groups'))
    print(kubeconfig.render(config.url(config.read(place.config), 'port'), read(place.ca), user, pki.sign(request, place.ca, place.ca_key), key,
                            cluster=name, context=name), end='')


def run_kubectl(words):
    if '--data-dir' in words[:1]:
        words = words[2:]
    given = [word for word in words if word.startswith('--data-dir=')]
    place = Layout({'data-dir': given[0].split('=', 1)[1]} if given else {})
    said = 'KUBECONFIG' in os.environ or any(word.startswith('--kubeconfig') for word in words)
    if not said and not os.path.exists(place.admin):
        raise Failure('cannot stat k0s kubeconfig, is the server running?: stat %s: no such file or directory' % place.admin)
    return kubectl([word for word in words if word not in given], version(), place.admin)


def run_config_create(words):
    flags.parse(words, {'include-images': bool})
    print(yaml.safe_dump(config.defaults(), default_flow_style=False), end='')


def run_config_validate(words):
    given, _ = flags.parse(words, {'config': str, 'feature-gates': str})
    path = given.get('config')
    if not path:
        raise Failure("--config can't be empty")
    if path != '-' and not os.path.exists(path):
        raise Failure('failed to read configuration file: open %s: no such file or directory' % path)
    config.parse(sys.stdin.read() if path == '-' else read(path))


def run_backup(words):
    given, _ = flags.parse(words, {'save-path': str})
    require_root()
    backup.backup(Layout(given), given.get('save-path', ''))


def run_restore(words):
    given, (archive,) = flags.parse(words, {'config-out': str}, (1, 1))
    require_root()
    backup.restore(Layout(given), archive, given.get('config-out'))


def run_reset(words):
    given, _ = flags.parse(words, {'cri-socket': str, 'config': str, 'kubelet-root-dir': str})
    reset.reset(Layout(given))


def require_root():
    if os.geteuid() != 0:
        raise Failure('this command must be run as root')


COMMANDS = {
    'version': run_version, 'controller': run_controller, 'worker': run_worker, 'install controller': run_install_controller,
    'install worker': run_install_worker, 'start': run_start, 'stop': run_stop, 'status': run_status, 'token create': run_token_create,
    'token list': run_token_list, 'token invalidate': run_token_invalidate, 'etcd member-list': run_etcd_member_list,
    'etcd leave': run_etcd_leave, 'kubeconfig admin': run_kubeconfig_admin, 'kubeconfig create': run_kubeconfig_create,
    'kubectl': run_kubectl, 'config create': run_config_create, 'config validate': run_config_validate, 'backup': run_backup,
    'restore': run_restore, 'reset': run_reset,
}
