"""/healthz, /livez and /readyz: with `verbose` a line for each check, and each check at a path of its own."""
from ..errors import ApiError
from ..etcd import EtcdError

ETCD_TIMEOUT = 2  # seconds, as the real server's --etcd-healthcheck-timeout
ALWAYS = {
    'healthz': ['ping', 'log'],
    'livez': ['ping', 'log'],
    'readyz': ['ping', 'log', 'informer-sync', 'shutdown'],
}


class Unhealthy(ApiError):
    """Answered as text, not as a Status."""

    def __init__(self, text):
        super().__init__(500, text)
        self.text = text


def report(etcd, path, query):
    endpoint, _, check = path.strip('/').partition('/')
    checks = {name: True for name in ALWAYS[endpoint]}
    checks['etcd'] = not check and 'etcd' in query.get('exclude', '').split(',') or (check in ('', 'etcd') and _has_quorum(etcd))
    if endpoint == 'readyz':
        checks['etcd-readiness'] = checks['etcd']
    if check:
        if check not in checks:
            raise ApiError(404, 'the server could not find the requested resource')
        checks = {check: checks[check]}
    lines = ['[+]%s ok' % name if well else '[-]%s failed: reason withheld' % name for name, well in checks.items()]
    if not all(checks.values()):
        raise Unhealthy('\n'.join([*lines, '%s check failed\n' % endpoint]))
    return '\n'.join([*lines, '%s check passed\n' % endpoint]) if 'verbose' in query else 'ok'


def _has_quorum(etcd):
    try:
        etcd.get('/registry/health', timeout=ETCD_TIMEOUT)
        return True
    except EtcdError:
        return False
