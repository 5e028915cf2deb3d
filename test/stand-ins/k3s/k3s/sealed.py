"""Bootstrap data: what all servers share, kept in the datastore and encrypted with the token's password. A snapshot
holds only this, so it is worthless without the token that the cluster had when it was taken."""
import base64
import hashlib
import hmac
import json
import os
import subprocess

PREFIX = '/bootstrap/'
ITERATIONS = 4096


class WrongPassword(Exception):
    pass


def key_of(password):
    """Under which key the data of a password lies: k3s derives it from the password's digest."""
    return PREFIX + hashlib.sha256(password.encode()).hexdigest()[:12]


def seal(password, shared):
    salt = os.urandom(8)
    body = _cipher(password, salt, json.dumps(shared).encode(), '-e')
    return '%s:%s' % (salt.hex(), base64.b64encode(_tag(password, salt, body) + body).decode())


def unseal(password, text):
    salt, _, rest = text.partition(':')
    salt, raw = bytes.fromhex(salt), base64.b64decode(rest)
    tag, body = raw[:32], raw[32:]
    if not hmac.compare_digest(tag, _tag(password, salt, body)):
        raise WrongPassword
    return json.loads(_cipher(password, salt, body, '-d'))


def _key(password, salt):
    return hashlib.pbkdf2_hmac('sha1', password.encode(), salt, ITERATIONS, 32)


def _tag(password, salt, body):
    return hmac.new(_key(password, salt), salt + body, hashlib.sha256).digest()


def _cipher(password, salt, data, direction):
    # A password on a command line would be seen by every user of the host, so openssl reads it from a pipe.
    reader, writer = os.pipe()
    os.write(writer, hashlib.sha256(_key(password, salt) + b'cipher').hexdigest().encode())
    os.close(writer)
    try:
        return subprocess.run(['openssl', 'enc', '-aes-256-ctr', direction, '-pbkdf2', '-nosalt', '-pass', 'fd:%d' % reader],
                              input=data, check=True, capture_output=True, pass_fds=[reader]).stdout
    finally:
        os.close(reader)
