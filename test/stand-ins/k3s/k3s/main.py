"""k3s: one program, whose first word says what it is."""
import os
import sys

from cluster.files import read
from cluster.kubectl import main as kubernetes

from . import agent, balancer, checkconfig, layout, log, node, options, service, snapshotcommand, tokencommand
from .reset import Reset
from .server import Server
from .version import VERSION

TOOLS = ('kubectl', 'crictl', 'ctr')


def serve(arguments):
    said = options.read(options.SERVER, arguments)
    if said.cluster_reset or said.cluster_reset_restore_path:
        if not said.cluster_reset:
            raise log.Fatal('invalid flag use; --cluster-reset required with --cluster-reset-restore-path')
        return Reset(said).run()
    return Server(said).run()


def work(arguments):
    said = options.read(options.NODE, arguments)
    token = said.token or (read(said.token_file).strip() if said.token_file else '')
    if not said.server:
        raise log.Fatal('--server is required')
    if not token:
        raise log.Fatal('--token is required')
    log.info('Starting k3s agent %s', VERSION)
    paths = layout.Layout(said.data_dir)
    os.makedirs(paths.agent + '/etc', mode=0o700, exist_ok=True)
    servers = balancer.Balancer(paths, said.server)
    servers.start()
    agent.Joiner(paths, node.describe(said), servers.url, token, servers.update).join()
    service.tell_ready()
    log.info('k3s agent is up and running')
    service.wait_for_end()


def kubectl(arguments):
    sys.exit(kubernetes.main(arguments, VERSION, layout.KUBECONFIG))


def secrets_encrypt(arguments):
    if arguments[:1] != ['status']:
        raise log.Fatal('secrets-encryption is not enabled on this server')
    print('Encryption Status: Disabled, no configuration file found')


def no_containers(_arguments):
    raise log.Fatal('this k3s is a stand-in and runs no containers')


COMMANDS = {
    'server': serve, 'agent': work, 'kubectl': kubectl, 'token': tokencommand.main, 'etcd-snapshot': snapshotcommand.main,
    'check-config': checkconfig.main, 'secrets-encrypt': secrets_encrypt, 'crictl': no_containers, 'ctr': no_containers,
}


def main():
    called = os.path.basename(sys.argv[0])
    words = [called, *sys.argv[1:]] if called in TOOLS else sys.argv[1:]
    if words[:1] in (['--version'], ['-v']):
        print('k3s version %s (stand-in)\ngo version go1.22.5' % VERSION)
        return 0
    if not words or words[0] not in COMMANDS:
        print("No help topic for '%s'" % (words[0] if words else ''), file=sys.stderr)
        return 3
    try:
        COMMANDS[words[0]](words[1:])
        return 0
    except log.Fatal as error:
        log.fatal('%s', error)
        return 1


def entry():
    code = main()
    sys.stdout.flush()
    os._exit(code)  # a thread may be in the middle of a request: the program ends all the same
