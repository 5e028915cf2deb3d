"""Secrets that are made, noted for tests that look for them where they do not belong: in the file `canaries`, if it is there."""

import os

from . import paths

PATH = paths.HOOKS + '/canaries'


def note(secret):
    if os.path.exists(PATH):
        with open(PATH, 'a') as file:
            file.write(secret + '\n')
