"""The kubelet's own two ports: health on 127.0.0.1:10248, and 10250 with TLS, which here serves nothing but its own health."""

import os
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cluster import pki

HEALTH_PORT, PORT = 10248, 10250
CERTIFICATE, KEY = '/var/lib/kubelet/pki/kubelet.crt', '/var/lib/kubelet/pki/kubelet.key'


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        is_open = self.server.server_port == HEALTH_PORT or self.connection.getpeercert()
        code = 401 if not is_open else 200 if self.path == '/healthz' else 404
        self.send_response(code)
        self.send_header('Content-Length', '2')
        self.end_headers()
        self.wfile.write(b'ok' if code == 200 else b'no')


def serve(client_ca):
    """Serves from threads."""
    if not os.path.exists(KEY):
        pki.make_authority(CERTIFICATE, KEY, os.uname().nodename + '-ca')
    health = ThreadingHTTPServer(('127.0.0.1', HEALTH_PORT), _Handler)
    node = ThreadingHTTPServer(('0.0.0.0', PORT), _Handler)
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(CERTIFICATE, KEY)
    trust.load_verify_locations(client_ca)
    trust.verify_mode = ssl.CERT_OPTIONAL
    node.socket = trust.wrap_socket(node.socket, server_side=True, do_handshake_on_connect=False)
    for server in (health, node):
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
