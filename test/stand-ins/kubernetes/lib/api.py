"""The API server: answers from the store, or passes on to the control plane that holds it."""
import hashlib
import hmac
import json
import re
import ssl
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pki
from client import ApiError, Client
from store import Store

ADMINS = {'system:masters', 'kubeadm:cluster-admins'}
HEALTH = {'/readyz', '/livez', '/healthz', '/readyz/etcd', '/livez/etcd', '/healthz/etcd'}
NODES = '/api/v1/nodes'
TOKENS = '/api/v1/namespaces/kube-system/secrets/bootstrap-tokens'
CERTIFICATES = '/api/v1/namespaces/kube-system/secrets/kubeadm-certs'
CLUSTER_INFO = '/api/v1/namespaces/kube-public/configmaps/cluster-info'
CONFIG = '/api/v1/namespaces/kube-system/configmaps/kubeadm-config'
REQUESTS = '/apis/certificates.k8s.io/v1/certificatesigningrequests'
APPLY = '/stand-in/apply'


class Refused(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class Local:
    """Answers from this host's store."""

    def __init__(self, version):
        self.store, self.version = Store(), version

    def answer(self, who, method, path, body):
        with self.store.lock:
            found = self._answer(who, method, path, body)
            if method != 'GET':
                self.store.save()
            return found

    def _answer(self, who, method, path, body):
        state = self.store.state
        if path in HEALTH:
            return 'ok'
        if path == '/version':
            return {'gitVersion': 'v' + self.version}
        if path == CLUSTER_INFO:
            return self._cluster_info()
        if who is None:
            raise Refused(401, 'Unauthorized')
        if path == REQUESTS:
            return {'certificate': pki.sign(body['request'])}
        if path == CERTIFICATES:
            return self._certificates(method, body)
        if path == CONFIG:
            if method == 'PUT':
                require_admin(who)
                state['config'] = body
            return state.get('config') or {}
        if path.startswith(TOKENS):
            require_admin(who)
            return self._tokens(method, path[len(TOKENS) + 1:], body)
        if path == NODES:
            return {'apiVersion': 'v1', 'kind': 'List', 'items': [self.store.node(name) for name in sorted(state['nodes'])]}
        if path.startswith(NODES + '/'):
            return self._node(who, method, path[len(NODES) + 1:], body)
        if path == APPLY:
            require_admin(who)
            return self._apply(body)
        raise Refused(404, 'the server could not find the requested resource')

    def _cluster_info(self):
        with open(pki.CA_CERT) as file:
            ca = file.read()
        signatures = {name: signature(token['secret'], ca) for name, token in self.store.tokens().items()}
        return {'ca': ca, 'signatures': signatures}

    def _certificates(self, method, body):
        if method == 'PUT':
            self.store.state['certificates'] = {'sealed': body['sealed'], 'uploaded': time.time()}
            return {}
        held = self.store.certificates()
        if not held:
            raise Refused(404, 'secrets "kubeadm-certs" not found')
        return {'sealed': held['sealed']}

    def _tokens(self, method, name, body):
        tokens = self.store.tokens()
        if method == 'PUT':
            tokens[name] = body
        elif method == 'DELETE':
            if tokens.pop(name, None) is None:
                raise Refused(404, 'secrets "bootstrap-token-%s" not found' % name)
        return tokens

    def _node(self, who, method, name, body):
        nodes = self.store.state['nodes']
        if method == 'PUT':  # a kubelet's sign of life
            node = nodes.setdefault(name, {'labels': {'kubernetes.io/hostname': name}, 'taints': [],
                                           'created': time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())})
            node.update(body, seen=time.time())
        if name not in nodes:
            raise Refused(404, 'nodes "%s" not found' % name)
        if method == 'DELETE':
            require_admin(who)
            del nodes[name]
            return {}
        if method == 'PATCH':
            require_admin(who)
            node = nodes[name]
            node['labels'].update(body.get('labels', {}))
            node['labels'] = {key: value for key, value in node['labels'].items() if value is not None}
            node['taints'] = body.get('taints', node['taints'])
            node['unschedulable'] = body.get('unschedulable', node.get('unschedulable', False))
        return self.store.node(name)

    def _apply(self, objects):
        results = []
        for name, text in objects.items():
            digest = hashlib.sha256(text.encode()).hexdigest()
            before = self.store.state['objects'].get(name)
            results.append((name, 'created' if before is None else 'unchanged' if before == digest else 'configured'))
            self.store.state['objects'][name] = digest
        return results


class Relay:
    """Passes requests on as who asked."""

    def __init__(self, holder):
        self.server = 'https://%s:6443' % holder

    def answer(self, who, method, path, body):
        client = Client.anonymous(self.server)
        if who and who['token']:
            client.headers = {'Authorization': 'Bearer ' + who['token']}
        elif who:
            own = '/etc/kubernetes/' + ('admin.conf' if who['groups'] & ADMINS else 'kubelet.conf')
            client.context = Client.of_kubeconfig(own).context
            client.context.check_hostname = False  # the CA is checked; its certificate names the endpoint
        try:
            return client.call(method, path, body)
        except ApiError as error:
            raise Refused(error.status, str(error))
        except OSError as error:
            raise Refused(503, 'etcdserver: request timed out (%s)' % error)


def signature(secret, ca):
    return hmac.new(secret.encode(), ca.encode(), hashlib.sha256).hexdigest()


def require_admin(who):
    if not who['groups'] & ADMINS:
        raise Refused(403, 'User "%s" is forbidden' % who['name'])


def serve(backend, address='0.0.0.0', port=6443):
    class Handler(BaseHTTPRequestHandler):
        timeout = 30

        def log_message(self, *_):
            pass

        def respond(self):
            length = int(self.headers.get('Content-Length') or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            try:
                status, answer = 200, backend.answer(self.who(), self.command, self.path.split('?')[0], body)
            except Refused as error:
                status, answer = error.status, {'kind': 'Status', 'message': str(error)}
            text = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
            self.send_response(status)
            self.send_header('Content-Type', 'text/plain' if isinstance(answer, str) else 'application/json')
            self.send_header('Content-Length', str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = respond

        def who(self):
            peer = self.connection.getpeercert()
            if peer:
                parts = [pair for part in peer['subject'] for pair in part]
                groups = {value for key, value in parts if key == 'organizationName'}
                return {'name': dict(parts).get('commonName'), 'groups': groups, 'token': None}
            bearer = re.match(r'Bearer ([a-z0-9]{6})\.([a-z0-9]{16})$', self.headers.get('Authorization') or '')
            if not bearer:
                return None
            name, secret = bearer.groups()
            if isinstance(backend, Local):
                token = backend.store.tokens().get(name)
                if not token or not hmac.compare_digest(token['secret'], secret):
                    return None
            return {'name': 'system:bootstrap:' + name, 'groups': {'system:bootstrappers'}, 'token': name + '.' + secret}

    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(pki.PKI + '/apiserver.crt', pki.PKI + '/apiserver.key')
    trust.load_verify_locations(pki.CA_CERT)
    trust.verify_mode = ssl.CERT_OPTIONAL
    server = ThreadingHTTPServer((address, port), Handler)
    server.daemon_threads = True
    # The handshake belongs to the thread of the connection, or one silent client would block all others.
    server.socket = trust.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.serve_forever()
