"""What `k0s status` shows: a running k0s answers it on a socket."""
import http.client
import json
import os
import socket
import threading
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingMixIn, UnixStreamServer

import yaml

from .log import Failure


class _Server(ThreadingMixIn, UnixStreamServer):
    daemon_threads = True


def serve(path, state):
    """Answers from a thread of its own; `state()` gives what is to be told."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            text = json.dumps(state()).encode()
            self.send_response(200)
            self.send_header('Content-Type', 'application/json')
            self.send_header('Content-Length', str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

        def address_string(self):
            return 'local'

    os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)
    if os.path.exists(path):
        os.remove(path)
    threading.Thread(target=_Server(path, Handler).serve_forever, daemon=True).start()


class _Connection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(10)
        self.sock.connect(self.host_path)


def ask(layout):
    """The status of the running k0s. Raises Failure where none runs."""
    connection = _Connection('localhost')
    connection.host_path = layout.socket
    try:
        connection.request('GET', '/status')
        return json.loads(connection.getresponse().read())
    except OSError as error:
        reason = {2: 'no such file or directory', 111: 'connection refused'}.get(error.errno, str(error))
        raise Failure('status: can\'t get "status" via "%s": Get "http://localhost/status": dial unix %s: connect: %s'
                      % (layout.socket, layout.socket, reason))


def show(layout, out):
    state = ask(layout)
    if out == 'json':
        print(json.dumps(state, indent=3))
    elif out == 'yaml':
        print(yaml.safe_dump(state))
    else:
        for title, key in (('Version:', 'Version'), ('Process ID:', 'Pid'), ('Role:', 'Role'), ('Workloads:', 'Workloads'), ('SingleNode:', 'SingleNode')):
            print(title, str(state[key]).lower() if isinstance(state[key], bool) else state[key])
        if state['Workloads']:
            probe = state['WorkerToAPIConnectionStatus']
            print('Kube-api probing successful:', str(probe['Success']).lower())
            print('Kube-api probing last error: ', probe['Message'])
        for title, key in (('Init System:', 'SysInit'), ('Service file:', 'StubFile')):
            if state.get(key):
                print(title, state[key])
