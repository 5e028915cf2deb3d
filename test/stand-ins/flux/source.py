"""source-controller: keeps what a GitRepository points to, at its revision."""
import base64
import os
import re
import shutil
import subprocess
import tempfile

from cluster import kinds

from .objects import GIT_REPOSITORY, Failed, handled, key_of, now, ready

STORAGE = '/var/lib/flux-stand-in'


def artifact_folder(namespace, name):
    return os.path.join(STORAGE, 'gitrepository', namespace, name)


def reconcile(client, item):
    namespace, name = key_of(item)
    status = handled(item)
    try:
        revision = _fetch(client, item, artifact_folder(namespace, name))
        status['artifact'] = {'revision': revision, 'lastUpdateTime': now(), 'path': 'gitrepository/%s/%s' % (namespace, name)}
        status['conditions'] = ready(item, 'True', 'Succeeded', "stored artifact for revision '%s'" % revision)
    except Failed as error:
        status['conditions'] = ready(item, 'False', error.reason, str(error))
    GIT_REPOSITORY.report(client, item, status)


def _fetch(client, item, folder):
    """Replaces the folder by the tree of the branch; its revision as main@sha1:0123..."""
    spec = item['spec']
    branch = (spec.get('ref') or {}).get('branch', 'master')
    os.makedirs(os.path.dirname(folder), exist_ok=True)
    with tempfile.TemporaryDirectory(dir=os.path.dirname(folder)) as work:
        clone = os.path.join(work, 'clone')
        environment = {**os.environ, 'GIT_TERMINAL_PROMPT': '0', **_identity(client, item, work)}
        command = ['git', 'clone', '--quiet', '--depth=1', '--branch', branch, '--', spec['url'], clone]
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        except subprocess.TimeoutExpired:
            raise Failed('GitOperationFailed', "failed to checkout and determine revision: unable to clone '%s': context deadline exceeded" % spec['url'])
        if done.returncode != 0:
            raise Failed('GitOperationFailed', "failed to checkout and determine revision: unable to clone '%s': %s"
                         % (spec['url'], re.sub(r'\s+', ' ', done.stderr).strip()))
        commit = subprocess.run(['git', '-C', clone, 'rev-parse', 'HEAD'], check=True, capture_output=True, text=True).stdout.strip()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.move(clone, folder)
    return '%s@sha1:%s' % (branch, commit)


def _identity(client, item, folder):
    """How ssh proves itself with the key of the secret that the object names, and knows the server."""
    wanted = item['spec'].get('secretRef')
    if not wanted:
        return {}
    namespace = item['metadata']['namespace']
    secret = client.find(kinds.SECRET, namespace, wanted['name'])
    if not secret:
        raise Failed('AuthenticationFailed', 'failed to get secret \'%s/%s\': secrets "%s" not found' % (namespace, wanted['name'], wanted['name']))
    data = secret.get('data') or {}
    for key in ('identity', 'known_hosts'):
        with open(os.path.join(folder, key), 'wb', opener=_private) as file:
            file.write(base64.b64decode(data.get(key, '')))
    return {'GIT_SSH_COMMAND': 'ssh -F none -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes'
                               ' -i %s/identity -o UserKnownHostsFile=%s/known_hosts' % (folder, folder)}


def _private(path, flags):
    return os.open(path, flags, 0o600)
