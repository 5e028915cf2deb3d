"""Writes files as programs of a cluster do: the folder is made, the mode is safe from the first byte, replacement is whole."""
import os


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    temporary = '%s/.%s.%d' % (os.path.dirname(path), os.path.basename(path), os.getpid())
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), 'w') as file:
        file.write(text)
    os.replace(temporary, path)


def read(path):
    with open(path) as file:
        return file.read()
