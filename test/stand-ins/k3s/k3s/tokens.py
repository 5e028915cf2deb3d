"""Join tokens: K10<hash of the cluster's CA>::<user>:<password>, or ::<id>.<secret> for one that expires."""
import collections
import hashlib
import re

PREFIX = 'K10'
BOOTSTRAP = re.compile(r'[a-z0-9]{6}\.[a-z0-9]{16}')

Token = collections.namedtuple('Token', 'ca_hash user password bootstrap')


class TokenError(Exception):
    """The token cannot be used; the message is the one of k3s."""


def ca_hash(pem):
    """What a token pins: the digest of the CA's file, for a CA that signed itself."""
    return hashlib.sha256(pem.encode()).hexdigest()


def format_token(credentials, ca_pem):
    return '%s%s::%s' % (PREFIX, ca_hash(ca_pem), credentials)


def parse(text):
    """Reads a full or a short token. `bootstrap` is ID.SECRET, or None where there is a user with a password."""
    if not text:
        raise TokenError('token must not be empty')
    if not text.startswith(PREFIX):
        text = PREFIX + ('::' if BOOTSTRAP.fullmatch(text) else ':::') + text
    digest, found, credentials = text[len(PREFIX):].partition('::')
    if not found:
        digest, credentials = '', digest
    if digest and len(digest) != 64:
        raise TokenError('invalid token CA hash length')
    if BOOTSTRAP.fullmatch(credentials):
        return Token(digest, '', '', credentials)
    user, found, password = credentials.partition(':')
    if not found or not password:
        raise TokenError('invalid token format')
    return Token(digest, user, password, None)


def check_ca(token, ca_pem):
    """Refuses a server whose CA is not the one that the token pins. A short token pins none."""
    if token.ca_hash and token.ca_hash != ca_hash(ca_pem):
        raise TokenError('token CA hash does not match the Cluster CA certificate hash: %s != %s'
                         % (token.ca_hash, ca_hash(ca_pem)))
