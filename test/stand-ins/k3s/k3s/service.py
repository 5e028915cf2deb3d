"""How the program speaks with systemd."""
import os
import signal
import socket
import sys


def tell_ready():
    """As sd_notify: the unit is of type notify on servers."""
    path = os.environ.get('NOTIFY_SOCKET')
    if not path:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as connection:
        connection.connect('\0' + path[1:] if path.startswith('@') else path)
        connection.send(b'READY=1')


def on_end(act):
    """Runs `act` and ends well when systemd asks the program to end."""
    def end(*_):
        act()
        sys.stderr.flush()
        os._exit(0)
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)


def wait_for_end():
    """Threads do the work from here on."""
    while True:
        signal.pause()
