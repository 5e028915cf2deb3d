"""server/cred/passwd: who may join with which password."""
import hmac
import os

from cluster.files import read, write

SERVER, AGENT = 'server', 'node'
ROLES = {SERVER: 'k3s:server', AGENT: 'k3s:agent'}


def load(path):
    """{user: password}."""
    if not os.path.exists(path):
        return {}
    rows = (line.split(',') for line in read(path).splitlines() if line)
    return {user: password for password, user, _, _ in rows}


def save(path, passwords):
    write(path, ''.join('%s,%s,%s,%s\n' % (passwords[user], user, user, ROLES[user]) for user in sorted(passwords)), 0o600)


def accepts(path, user, password):
    held = load(path).get(user)
    return held is not None and hmac.compare_digest(held.encode(), password.encode())
