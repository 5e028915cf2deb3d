"""HTTP with TLS around the API. Certificates of clients are checked by the CA; who shows none may bear a token."""
import json
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from ..errors import ApiError
from ..etcd import EtcdError
from . import authn
from .request import Request, Stream


def make_server(api, certificate, key, client_ca, address='0.0.0.0', port=6443):
    """A server that waits for serve_forever()."""

    class Handler(_Handler):
        pass

    Handler.api = api
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate, key)
    trust.load_verify_locations(client_ca)
    trust.verify_mode = ssl.CERT_OPTIONAL
    server = _Server((address, port), Handler)
    # The handshake belongs to the thread of the connection, or one silent client would block all others.
    server.socket = trust.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass  # a client that went away


class _Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    timeout = 120
    disable_nagle_algorithm = True
    api = None

    def log_message(self, *_):
        pass

    def respond(self):
        try:
            answer = self.api.answer(self._request())
            code = 201 if self.command == 'POST' and isinstance(answer, dict) and answer.get('kind') != 'Status' else 200
        except ApiError as error:
            code, answer = error.code, error.text if hasattr(error, 'text') else error.status()
        except EtcdError as error:
            code, answer = 500, ApiError(500, str(error), '').status()
        if isinstance(answer, Stream):
            self._stream(answer.lines)
        else:
            self._send(code, answer)

    do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = respond

    def _request(self):
        length = int(self.headers.get('Content-Length') or 0)
        raw = self.rfile.read(length) if length else b''
        parts = urlsplit(self.path)
        try:
            body = json.loads(raw) if raw else None
        except ValueError as error:
            raise ApiError(400, 'the object provided is unrecognized: couldn\'t get version/kind; json parse error: %s' % error)
        user = authn.identify(self.api, self.connection.getpeercert(), self.headers.get('Authorization') or '')
        user = authn.impersonate(user, self.headers.get('Impersonate-User'), self.headers.get('Impersonate-Group'))
        return Request(self.command, unquote(parts.path).rstrip('/'), dict(parse_qsl(parts.query, keep_blank_values=True)), body,
                       user, (self.headers.get('Content-Type') or '').split(';')[0])

    def _send(self, code, answer):
        text = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
        self.send_response(code)
        self.send_header('Content-Type', 'text/plain' if isinstance(answer, str) else 'application/json')
        self.send_header('Content-Length', str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def _stream(self, lines):
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Connection', 'close')
        self.end_headers()
        self.close_connection = True
        for line in lines:
            self.wfile.write(json.dumps(line).encode() + b'\n')
            self.wfile.flush()
