"""A single server that becomes the first of several takes its content along."""
import os

from . import log
from .kine import Kine


def migrate(path, etcd):
    log.info('Migrating content from sqlite to etcd')
    kine = Kine(path)
    for key, value in kine.everything():
        etcd.put_if(key, value, 0)
    kine.close()
    os.rename(path, path + '.migrated')
