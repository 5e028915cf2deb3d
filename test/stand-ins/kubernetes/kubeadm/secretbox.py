"""Encrypts with a key and notices a wrong one, as the kubeadm-certs secret does."""

import base64
import hashlib
import hmac
import os
import subprocess


class WrongKey(Exception):
    """The text was sealed with another key."""


def encrypt(key, text):
    vector = os.urandom(16)
    body = _cipher(key, vector, text.encode(), '-e')
    return base64.b64encode(vector + _tag(key, vector + body) + body).decode()


def decrypt(key, sealed):
    raw = base64.b64decode(sealed)
    vector, tag, body = raw[:16], raw[16:48], raw[48:]
    if not hmac.compare_digest(tag, _tag(key, vector + body)):
        raise WrongKey
    return _cipher(key, vector, body, '-d').decode()


def _tag(key, data):
    return hmac.new(bytes.fromhex(key), data, hashlib.sha256).digest()


def _cipher(key, vector, data, direction):
    # A key on a command line would be seen by every user of the host, so openssl reads it from a pipe.
    reader, writer = os.pipe()
    os.write(writer, hashlib.sha256(bytes.fromhex(key) + vector).hexdigest().encode())
    os.close(writer)
    try:
        return subprocess.run(
            ['openssl', 'enc', '-aes-256-ctr', direction, '-pbkdf2', '-nosalt', '-pass', 'fd:%d' % reader],
            input=data,
            check=True,
            capture_output=True,
            pass_fds=[reader],
        ).stdout
    finally:
        os.close(reader)
