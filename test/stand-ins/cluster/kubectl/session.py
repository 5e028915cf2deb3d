"""What a command has at hand: the chosen cluster, namespace and types."""
import os
import re

from .. import kinds, kubeconfig
from ..client import Client
from .failure import Failure

HOME_CONFIG = '~/.kube/config'


class Session:
    def __init__(self, args, version, default_config):
        self.args, self.version = args, version
        # The first file that is there; kubectl would merge them.
        given = args.kubeconfig or os.environ.get('KUBECONFIG') or default_config
        paths = [os.path.expanduser(path) for path in given.split(':')]
        self.path = next((path for path in paths if os.path.exists(path)), paths[0])
        self.server, self._client, self._namespace = args.server, None, None

    @property
    def client(self):
        if self._client is None:
            if not os.path.exists(self.path):
                if self.args.kubeconfig:
                    raise Failure('error: stat %s: no such file or directory' % self.path)
                raise Failure('The connection to the server localhost:8080 was refused - did you specify the right host or port?')
            access = kubeconfig.access(self.path, self.args.context)
            access.server = self.args.server or access.server
            access.token = self.args.token or access.token
            self.server, self._namespace = access.server, access.namespace
            self._client = Client.of_access(access, timeout=seconds(self.args.request_timeout) or 60)
            said = {'Impersonate-User': self.args.as_, 'Impersonate-Group': self.args.as_group}
            self._client.taken_for = {header: value for header, value in said.items() if value}
        return self._client

    @property
    def namespace(self):
        self.client  # the context may name one
        return self.args.namespace or self._namespace or 'default'

    def kind(self, name):
        """The type that a word on the command line means: node, nodes, no, nodes.longhorn.io, deployment.apps/..."""
        plural, _, group = name.lower().partition('.')
        group = group.removeprefix('v1.')
        for known in (lambda: kinds.BUILT_IN, self._custom):
            for kind in known():
                if plural in (kind.plural, kind.singular, *kind.short) and (not group or group == kind.group):
                    return kind
        raise Failure('error: the server doesn\'t have a resource type "%s"' % name)

    def kind_of(self, item):
        """The type of an object that was read from a file."""
        api_version, name = item.get('apiVersion', ''), item.get('kind', '')
        for known in (lambda: kinds.BUILT_IN, self._custom):
            for kind in known():
                if (kind.api_version, kind.kind) == (api_version, name):
                    return kind
        raise Failure('error: resource mapping not found for name: "%s" namespace: "%s" from "%s": no matches for kind "%s" in version "%s"\n'
                      'ensure CRDs are installed first' % (item.get('metadata', {}).get('name', ''), item.get('metadata', {}).get('namespace', ''),
                                                           self.args.filename[0], name, api_version))

    def _custom(self):
        return [kind for definition in self.client.list(kinds.CUSTOM) for kind in kinds.of_definition(definition)]

    def targets(self, words):
        """[(kind, name or None)] of words such as `pods a b`, `pod/a node/b`, `nodes`, `deploy,rs`."""
        if not words:
            raise Failure('error: You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.')
        if any('/' in word for word in words):
            found = [word.partition('/') for word in words]
            if not all(slash for _, slash, _ in found):
                raise Failure('error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form '
                              '(e.g. \'kubectl get resource/<resource_name>\' instead of \'kubectl get resource resource/<resource_name>\'')
            return [(self.kind(kind), name) for kind, _, name in found]
        return [(self.kind(kind), name) for kind in words[0].split(',') for name in (words[1:] or [None])]


def seconds(duration):
    """Seconds of a text such as 1m30s; 0 where it is empty or no such text."""
    parts = re.findall(r'(\d+(?:\.\d+)?)(ms|h|m|s)', duration or '')
    if not parts:
        return float(duration) if (duration or '').lstrip('-').isdigit() else 0
    factor = {'h': 3600, 'm': 60, 's': 1, 'ms': 0.001}
    return sum(float(number) * factor[unit] for number, unit in parts) * (-1 if duration.startswith('-') else 1)


def show(kind, name):
    """How kubectl names an object in what it prints: node/a, deployment.apps/b."""
    return '%s%s/%s' % (kind.singular, '.' + kind.group if kind.group else '', name)
