"""source-controller and kustomize-controller in one: reconciles what is due, until it is ended."""
import os
import signal
import sys
import time

from cluster.client import Client
from cluster.errors import ApiError

from . import kustomization, source
from .objects import GIT_REPOSITORY, KUSTOMIZATION, annotation, condition, is_ready, key_of, seconds

TURN = 1  # seconds between two looks
RETRY = 5  # seconds until what failed is tried again


class Controllers:
    def __init__(self, client):
        self.client, self.last = client, {}

    def turn(self):
        """One look at everything: sources first, since others follow them."""
        revisions = {}
        for item in GIT_REPOSITORY.list(self.client):
            if self._is_due(GIT_REPOSITORY, item):
                self._reconcile(GIT_REPOSITORY, item, source.reconcile)
                item = GIT_REPOSITORY.get(self.client, *key_of(item))
            revisions[key_of(item)] = ((item.get('status') or {}).get('artifact') or {}).get('revision')
        for item in KUSTOMIZATION.list(self.client):
            revision = revisions.get(kustomization.source_of(item))
            is_new = revision and revision != (item.get('status') or {}).get('lastAttemptedRevision')
            if self._is_due(KUSTOMIZATION, item, is_new):
                self._reconcile(KUSTOMIZATION, item, kustomization.reconcile)

    def _reconcile(self, kind, item, reconcile):
        self.last[kind, key_of(item)] = time.monotonic()
        reconcile(self.client, item)

    def _is_due(self, kind, item, is_new=False):
        if item['spec'].get('suspend') or item['metadata'].get('deletionTimestamp'):
            return False
        status, found = item.get('status') or {}, condition(item)
        asked = annotation(item) and annotation(item) != status.get('lastHandledReconcileAt')
        if asked or is_new or not found or status.get('observedGeneration') != item['metadata'].get('generation', 1):
            return True
        wait = seconds(item['spec']['interval']) if is_ready(item) else RETRY
        return time.monotonic() - self.last.get((kind, key_of(item)), float('-inf')) >= wait


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    controllers = None
    while True:
        try:
            controllers = controllers or Controllers(Client.of_file(os.environ['KUBECONFIG']))
            controllers.turn()
        except (ApiError, OSError) as error:
            print(error, file=sys.stderr, flush=True)
        time.sleep(TURN)
