"""The server token: given, kept, made at random, exchanged for another. It also encrypts the bootstrap data."""
import os
import secrets

from cluster.etcd import EtcdError
from cluster.files import read, write

from . import authorities, log, passwords, sealed, tokens

OTHER_TOKEN = 'bootstrap data already found and encrypted with different token'


def choose(server):
    """The password of this server: what was said, else what it had, else a fresh one."""
    said = server.options.token or _from_file(server.options.token_file)
    kept = read(server.paths.token).strip() if os.path.exists(server.paths.token) else ''
    if not said and not kept:
        return secrets.token_hex(16)
    try:
        return tokens.parse(said or kept).password
    except tokens.TokenError as error:
        raise log.Fatal('starting kubernetes: preparing server: failed to normalize server token: %s' % error)


def said(server):
    """The token as it stands in flags or files; '' where there is none."""
    return server.options.token or _from_file(server.options.token_file)


def _from_file(path):
    if not path:
        return ''
    try:
        return read(path).strip()
    except OSError as error:
        raise log.Fatal('open %s: %s' % (path, error.strerror.lower()))


def keep(server, password):
    """Writes passwords and token files, as a server does whenever it starts."""
    agent = server.options.agent_token or _from_file(server.options.agent_token_file)
    passwords.save(server.paths.passwd, {passwords.SERVER: password, passwords.AGENT: agent or password})
    authority = read(server.paths.server_ca)
    write(server.paths.token, tokens.format_token('server:' + password, authority) + '\n', 0o600)
    _link(server.paths.node_token, server.paths.token)
    if agent:
        _unlink(server.paths.agent_token)
        write(server.paths.agent_token, tokens.format_token('node:' + agent, authority) + '\n', 0o600)
    else:
        _link(server.paths.agent_token, server.paths.token)


def open_bootstrap(server, password):
    """The bootstrap data in the datastore; None where there is none yet. Fatal where another token closed it."""
    found = [(key, value) for key, value, _ in server.datastore.list(sealed.PREFIX)[0]]
    if not found:
        return None
    text = dict(found).get(sealed.key_of(password))
    if text is None:
        raise log.Fatal('starting kubernetes: preparing server: ' + OTHER_TOKEN)
    try:
        return sealed.unseal(password, text)
    except sealed.WrongPassword:
        raise log.Fatal('starting kubernetes: preparing server: ' + OTHER_TOKEN)


def save_bootstrap(server, password):
    """Puts the bootstrap data into the datastore, unless it is there."""
    if open_bootstrap(server, password) is None:
        server.datastore.put_if(sealed.key_of(password), sealed.seal(password, authorities.collect(server.paths)), 0)


def rotate(server, wanted):
    """Exchanges the token: here at once, elsewhere when the other servers start with the new one."""
    old = passwords.load(server.paths.passwd)[passwords.SERVER]
    new = tokens.parse(wanted).password if wanted else secrets.token_hex(16)
    keep(server, new)
    held = server.datastore.get(sealed.key_of(old))
    if held is None:
        raise EtcdError('failed to find bootstrap data of the old token')
    server.datastore.put_if(sealed.key_of(new), sealed.seal(new, authorities.collect(server.paths)), 0)
    server.datastore.put_if(sealed.key_of(old), None, held[1])
    log.info('Server token rotated')


def _link(path, target):
    if os.path.islink(path) and os.readlink(path) == target:
        return
    _unlink(path)
    os.symlink(target, path)


def _unlink(path):
    if os.path.lexists(path):
        os.remove(path)

