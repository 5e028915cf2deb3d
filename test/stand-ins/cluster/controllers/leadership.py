"""Of several controller managers one works: who holds the lease."""
import os

from .. import clock, kinds

SECONDS = 15
NAME = 'kube-controller-manager'


class Leadership:
    """`identity` names this server in the lease."""

    def __init__(self, client, identity):
        self.client, self.identity = client, identity

    def hold(self):
        """Whether this server leads, and the revision of the store; takes the lease where it is free, renews it where it is due."""
        leases, revision = self.client.list_with_revision(kinds.LEASE, 'kube-system')
        lease = next((each for each in leases if each['metadata']['name'] == NAME), None)
        if lease is None:
            made = self.client.create(kinds.LEASE, {'apiVersion': kinds.LEASE.api_version, 'kind': 'Lease', 'spec': self._claim(),
                                                    'metadata': {'name': NAME, 'namespace': 'kube-system'}})
            return True, int(made['metadata']['resourceVersion'])
        held = lease['spec']
        own, age = held['holderIdentity'] == self.identity, clock.now() - clock.seconds(held['renewTime'])
        if not own and 0 <= age < SECONDS:
            return False, revision
        if own and age <= SECONDS / 3:
            return True, revision
        self.client.replace(kinds.LEASE, {**lease, 'spec': self._claim()})
        return True, revision

    def _claim(self):
        return {'holderIdentity': self.identity, 'leaseDurationSeconds': SECONDS, 'renewTime': clock.micro_stamp()}


def identity():
    return '%s_%s' % (os.uname().nodename, os.urandom(8).hex())
