"""kustomize-controller: applies what a Kustomization's path holds, and removes what it no longer holds."""
import base64
import os

from cluster import kinds
from cluster.errors import ApiError

from .build import build
from .objects import GIT_REPOSITORY, KUSTOMIZATION, Failed, handled, is_ready, key_of, ready
from .resources import Resources, find
from .source import artifact_folder

FIRST = ('Namespace', 'CustomResourceDefinition')
LABEL = 'kustomize.toolkit.fluxcd.io/'


def source_of(item):
    """(namespace, name) of the GitRepository."""
    wanted = item['spec']['sourceRef']
    return wanted.get('namespace') or item['metadata']['namespace'], wanted['name']


def reconcile(client, item):
    status, resources = handled(item), Resources(client)
    try:
        revision = _revision(client, item)
        _check_dependencies(client, item)
        status['lastAttemptedRevision'] = revision
        applied = _apply(resources, item, _build(client, resources, item))
        status['inventory'] = {'entries': _prune(resources, item, applied)}
        status['lastAppliedRevision'] = revision
        status['conditions'] = ready(item, 'True', 'ReconciliationSucceeded', 'Applied revision: ' + revision)
    except Failed as error:
        status['conditions'] = ready(item, 'False', error.reason, str(error))
    except ApiError as error:
        status['conditions'] = ready(item, 'False', 'ReconciliationFailed', str(error))
    KUSTOMIZATION.report(client, item, status)


def _revision(client, item):
    namespace, name = source_of(item)
    source = find(client, GIT_REPOSITORY.path(namespace, name))
    if not source:
        raise Failed('ArtifactFailed', 'gitrepositories.source.toolkit.fluxcd.io "%s" not found' % name)
    artifact = (source.get('status') or {}).get('artifact')
    if not artifact:
        raise Failed('ArtifactFailed', 'Source artifact not found, retrying in 5s')
    return artifact['revision']


def _check_dependencies(client, item):
    for wanted in item['spec'].get('dependsOn') or []:
        namespace = wanted.get('namespace') or item['metadata']['namespace']
        other = find(client, KUSTOMIZATION.path(namespace, wanted['name']))
        if not other or not is_ready(other):
            raise Failed('DependencyNotReady', "dependency '%s/%s' is not ready" % (namespace, wanted['name']))


def _build(client, resources, item):
    path = item['spec'].get('path', './')
    folder = os.path.normpath(os.path.join(artifact_folder(*source_of(item)), path.lstrip('/')))
    if not os.path.isdir(folder):
        raise Failed('ArtifactFailed', 'kustomization path not found: stat %s: no such file or directory' % folder)
    objects = build(folder, resources.is_namespaced)
    if any('sops' in each for each in objects):
        _check_key(client, item)
    return objects


def _check_key(client, item):
    """Whether there is a key to decrypt with. Nothing is decrypted: values are applied as they stand."""
    decryption = item['spec'].get('decryption') or {}
    wanted = (decryption.get('secretRef') or {}).get('name')
    if decryption.get('provider') != 'sops' or not wanted:
        raise Failed('ReconciliationFailed', 'Secret is SOPS encrypted, configuring decryption is required for this secret to be reconciled')
    namespace = item['metadata']['namespace']
    secret = client.find(kinds.SECRET, namespace, wanted)
    if not secret:
        raise Failed('BuildFailed', 'cannot get decryption Secret \'%s/%s\': secrets "%s" not found' % (namespace, wanted, wanted))
    keys = [base64.b64decode(value).decode() for key, value in (secret.get('data') or {}).items() if key.endswith('.agekey')]
    if not any('AGE-SECRET-KEY-1' in key for key in keys):
        raise Failed('BuildFailed', 'failed to decrypt data key: no age identity in Secret \'%s/%s\'' % (namespace, wanted))


def _apply(resources, item, objects):
    """Applies in two stages, so that types and namespaces are there for what needs them; entries for the inventory."""
    namespace, name = key_of(item)
    entries = []
    for each in sorted(objects, key=lambda each: each['kind'] not in FIRST):
        metadata = each['metadata']
        metadata['labels'] = {**(metadata.get('labels') or {}), LABEL + 'name': name, LABEL + 'namespace': namespace}
        each.pop('sops', None)
        if resources.is_namespaced(each['apiVersion'], each['kind']):
            metadata['namespace'] = item['spec'].get('targetNamespace') or metadata.get('namespace') or 'default'
        try:
            resources.apply(each)
        except ApiError as error:
            raise Failed('ReconciliationFailed', '%s/%s dry-run failed: %s' % (each['kind'], metadata['name'], error))
        entries.append(_entry(each))
    return entries


def _entry(item):
    """As Flux writes it: NAMESPACE_NAME_GROUP_KIND and the version."""
    group, _, version = item['apiVersion'].rpartition('/')
    metadata = item['metadata']
    return {'id': '_'.join([metadata.get('namespace', ''), metadata['name'], group, item['kind']]), 'v': version}


def _prune(resources, item, applied):
    """Deletes what was applied before and is no longer; what stays in the inventory."""
    if not item['spec'].get('prune'):
        return applied
    kept = {entry['id'] for entry in applied}
    for entry in ((item.get('status') or {}).get('inventory') or {}).get('entries') or []:
        if entry['id'] in kept:
            continue
        namespace, name, group, kind = entry['id'].split('_')
        resources.delete('%s/%s' % (group, entry['v']) if group else entry['v'], kind, namespace, name)
    return applied
