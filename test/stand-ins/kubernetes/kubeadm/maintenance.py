"""kubeadm certs, config and version."""

import json
import os

from cluster import clock, kubeconfig, pki, version
from cluster.client import Client
from cluster.files import read

from . import certificates, cluster_config, constants, kubeconfigs, upload
from .failure import Fatal

RENEWED = ('admin', 'super-admin', 'controller-manager', 'scheduler')


def check_expiration(args):
    print('[check-expiration] Reading configuration from the cluster...\n')
    rows = [('CERTIFICATE', 'EXPIRES', 'RESIDUAL TIME', 'CERTIFICATE AUTHORITY', 'EXTERNALLY MANAGED')]
    rows += [
        (name + '.conf', *_life(kubeconfig.access('%s/%s.conf' % (constants.FOLDER, name)).certificate), 'ca', 'no')
        for name in RENEWED
        if os.path.exists('%s/%s.conf' % (constants.FOLDER, name))
    ]
    rows += [
        (name.replace('/', '-'), *_life(read(certificates.path(name + '.crt'))), ca.replace('/', '-'), 'no')
        for name, ca, _, _ in certificates.own()
        if os.path.exists(certificates.path(name + '.crt'))
    ]
    _table(rows)
    print()
    _table(
        [
            ('CERTIFICATE AUTHORITY', 'EXPIRES', 'RESIDUAL TIME', 'EXTERNALLY MANAGED'),
            *[
                (name.replace('/', '-'), *_life(read(certificates.path(name + '.crt'))), 'no')
                for name in ('ca', 'etcd/ca', 'front-proxy-ca')
                if os.path.exists(certificates.path(name + '.crt'))
            ],
        ]
    )


def _life(certificate):
    """(end, time left)"""
    _, end = pki.expiry(certificate)
    left = int(end - clock.now())
    days = left // 86400
    residual = '<invalid>' if left < 0 else '%dy' % (days // 365) if days > 730 else '%dd' % days if days > 2 else '%dh' % (left // 3600)
    return clock.stamp(end), residual


def _table(rows):
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print('   '.join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def renew(args):
    client = Client.of_file(constants.ADMIN)
    settings = cluster_config.of_node(client, None)
    certificates.make_own(settings, renew=True)
    kubeconfigs.write(settings, [name for name in RENEWED if os.path.exists('%s/%s.conf' % (constants.FOLDER, name))], renew=True)
    print(
        '\nDone renewing certificates. You must restart the kube-apiserver, kube-controller-manager, kube-scheduler and etcd, so that they can use the new '
        'certificates.'
    )


def certificate_key(args):
    print(upload.new_key())


def images(args):
    wanted = 'v' + (args.kubernetes_version or version.of('kubeadm')).lstrip('v')
    names = ['registry.k8s.io/%s:%s' % (name, wanted) for name in (*constants.COMPONENTS, 'kube-proxy')]
    names += ['registry.k8s.io/coredns/coredns:v1.11.1', 'registry.k8s.io/pause:3.9', constants.ETCD_IMAGE]
    for name in names:
        print(name if args.action == 'list' else '[config/images] Pulled ' + name)


def show_version(args):
    own = 'v' + version.of('kubeadm')
    major, minor = version.minor(own)
    info = {'clientVersion': {'major': str(major), 'minor': str(minor), 'gitVersion': own, 'platform': 'linux/amd64'}}
    if args.output == 'short':
        print(own)
    elif args.output == 'json':
        print(json.dumps(info, indent=2))
    elif args.output == 'yaml':
        print('clientVersion:\n' + '\n'.join('  %s: "%s"' % pair for pair in info['clientVersion'].items()))
    elif args.output:
        raise Fatal('invalid output format: %s' % args.output)
    else:
        print('kubeadm version: &version.Info{Major:"%d", Minor:"%d", GitVersion:"%s", Platform:"linux/amd64"}' % (major, minor, own))
