"""Where the stand-ins lie on a host."""
import os

HOME = os.environ.get('STAND_INS', '/usr/lib/stand-ins')
HOOKS = '/etc/stand-in'


def program(name):
    """A program of the stand-ins, or the host's own where they bring none."""
    own = os.path.join(HOME, 'bin', name)
    return own if os.path.exists(own) else name
