"""`k0s backup` and `k0s restore`: a snapshot of etcd, the certificates and k0s.yaml in one archive."""
import os
import shutil
import tarfile
import tempfile
import time

from cluster import member

from . import config, status
from .layout import node_name
from .log import Failure, info

SNAPSHOT = 'etcd-snapshot.db'


def backup(layout, folder):
    if folder != '-' and not os.path.isdir(folder):
        raise Failure('the save-path directory (%s) does not exist' % folder)
    if not os.path.isdir(layout.data):
        raise Failure('cannot find data-dir (%s). check your environment and/or command input and try again' % layout.data)
    try:
        role = status.ask(layout)['Role']
    except Failure as error:
        raise Failure('unable to detect cluster status %s' % error)
    if role != 'controller':
        raise Failure('backup command must be run on the controller node, have `%s`' % role)
    info('Starting backup')
    archive = os.path.join(folder, 'k0s_backup_%s.tar.gz' % time.strftime('%Y-%m-%dT%H_%M_%S_000Z', time.gmtime()))
    with tempfile.TemporaryDirectory() as work, tarfile.open(archive, 'w:gz') as file:
        os.chmod(archive, 0o600)
        info('Backup step: etcd')
        member.save_snapshot(member.Certificates(layout.etcd_pki), work + '/' + SNAPSHOT)
        file.add(work + '/' + SNAPSHOT, SNAPSHOT)
        info('Backup step: ' + layout.pki)
        file.add(layout.pki, 'pki')
        if os.path.exists(layout.config):
            file.add(layout.config, 'k0s.yaml')
    info('archive %s created successfully' % archive)


def restore(layout, archive, config_out):
    try:
        status.ask(layout)
    except Failure:
        pass
    else:
        raise Failure('k0s seems to be running! k0s must be down during the restore operation.')
    if not os.path.exists(archive):
        raise Failure('given file %s does not exist' % archive)
    with tempfile.TemporaryDirectory() as work:
        with tarfile.open(archive) as file:
            file.extractall(work)
        held = config.read(work + '/k0s.yaml', required=True)
        info('Starting restore')
        info('Restore step: etcd')
        if os.path.isdir(layout.etcd) and os.listdir(layout.etcd):
            raise Failure('failed to restore on step `etcd`: data-dir "%s" not empty or could not be read' % layout.etcd)
        shutil.rmtree(layout.etcd, ignore_errors=True)
        info('Restore step: ' + layout.pki)
        shutil.copytree(work + '/pki', layout.pki, dirs_exist_ok=True)
        # A new cluster of this member alone: its identity is not the one of the members that were.
        member.restore_snapshot(member.Certificates(layout.etcd_pki), work + '/' + SNAPSHOT, node_name(),
                                held['spec']['storage']['etcd']['peerAddress'], layout.etcd)
        shutil.copy(work + '/k0s.yaml', config_out or 'k0s_%s.yaml' % os.path.basename(archive).split('.')[0].removeprefix('k0s_backup_'))
