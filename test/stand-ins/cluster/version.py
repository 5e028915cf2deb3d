"""The versions of the programs on this host."""
import os

from .paths import HOME


def of(program):
    """Such as 1.30.4."""
    with open(os.path.join(HOME, 'versions', program)) as file:
        return file.read().strip()


def minor(version):
    """(major, minor) of v1.30.4 or 1.30.4."""
    return tuple(int(part) for part in version.lstrip('v').split('.')[:2])
