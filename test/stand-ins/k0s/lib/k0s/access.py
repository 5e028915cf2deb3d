"""Ways to the cluster from a controller: its API as administrator, its etcd."""
import os

from cluster.client import Client
from cluster.etcd import Etcd

from .log import Failure


def admin(layout):
    if not os.path.exists(layout.admin):
        raise Failure('stat %s: no such file or directory' % layout.admin)
    return Client.of_file(layout.admin)


def etcd(layout, endpoint='https://127.0.0.1:2379', timeout=10):
    certificate = layout.pki + '/apiserver-etcd-client'
    if not os.path.exists(certificate + '.crt'):
        raise Failure("can't list etcd cluster members: open %s.crt: no such file or directory" % certificate)
    return Etcd([endpoint], layout.etcd_pki + '/ca.crt', certificate + '.crt', certificate + '.key', timeout)
