"""The kubelet's own two ports: health on 127.0.0.1:10248, and 10250 with TLS, where API servers ask it to run commands in pods."""
import json
import os
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cluster import paths, pki

HEALTH_PORT, PORT = 10248, 10250
CERTIFICATE, KEY = '/var/lib/kubelet/pki/kubelet.crt', '/var/lib/kubelet/pki/kubelet.key'


class _Health(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        self.answer(200 if self.path == '/healthz' else 404, b'ok')

    def answer(self, code, body):
        self.send_response(code)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Pods(_Health):
    """POST /exec with {"command": [..], "stdin": text}: runs it on this host, where a container would see the same files."""

    def do_POST(self):
        if not self.connection.getpeercert() or self.path != '/exec':
            self.answer(401, b'Unauthorized')
            return
        wanted = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
        program, *arguments = wanted['command']
        path = '%s:%s' % (os.path.join(paths.HOME, 'bin'), os.environ.get('PATH', ''))
        try:
            done = subprocess.run([paths.program(program), *arguments], input=wanted.get('stdin', ''), capture_output=True, text=True,
                                  env={**os.environ, 'PATH': path, 'ETCDCTL_API': '3'})
            answer = {'code': done.returncode, 'stdout': done.stdout, 'stderr': done.stderr}
        except FileNotFoundError:
            answer = {'code': 126, 'stdout': '', 'stderr': 'exec: "%s": executable file not found in $PATH\n' % program}
        self.answer(200, json.dumps(answer).encode())


def serve(client_ca):
    """Serves from threads."""
    if not os.path.exists(KEY):
        pki.make_authority(CERTIFICATE, KEY, os.uname().nodename + '-ca')
    health = ThreadingHTTPServer(('127.0.0.1', HEALTH_PORT), _Health)
    pods = ThreadingHTTPServer(('0.0.0.0', PORT), _Pods)
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(CERTIFICATE, KEY)
    trust.load_verify_locations(client_ca)
    trust.verify_mode = ssl.CERT_OPTIONAL
    pods.socket = trust.wrap_socket(pods.socket, server_side=True, do_handshake_on_connect=False)
    for server in (health, pods):
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
