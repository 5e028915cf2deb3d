"""The datastore of a single server: one table in server/db/state.db, asked in the way that etcd is (as k3s' kine does)."""
import os
import sqlite3
import threading
import time

SCHEMA = '''CREATE TABLE IF NOT EXISTS kine (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, deleted INTEGER,
            prev_revision INTEGER, value TEXT, old_value TEXT)'''
LATEST = 'SELECT id, name, deleted, value FROM kine WHERE id IN (SELECT MAX(id) FROM kine WHERE %s GROUP BY name)'
POLL = 0.2  # seconds between looks of a watch


class Kine:
    def __init__(self, path):
        self._changed = threading.Condition()
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.execute('PRAGMA journal_mode=WAL')
        self._database.execute(SCHEMA)
        os.chmod(path, 0o600)

    def _ask(self, query, *values):
        with self._changed:
            return self._database.execute(query, values).fetchall()

    def get(self, key, timeout=None):
        """(value, revision of its last change), or None."""
        rows = self._ask(LATEST % 'name = ?', key)
        return next(((value, revision) for revision, _, deleted, value in rows if not deleted), None)

    def list(self, prefix):
        """([(key, value, revision)], revision of the store)."""
        with self._changed:
            rows = self._ask(LATEST % 'name >= ? AND name < ?', prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1))
            revision = self._ask('SELECT COALESCE(MAX(id), 0) FROM kine')[0][0]
        return sorted((name, value, at) for at, name, deleted, value in rows if not deleted), revision

    def put_if(self, key, value, revision):
        """As `Etcd.put_if`: the new revision, or None where somebody was faster."""
        with self._changed:
            before = self.get(key)
            if (before[1] if before else 0) != revision:
                return None
            cursor = self._database.execute(
                'INSERT INTO kine (name, deleted, prev_revision, value, old_value) VALUES (?, ?, ?, ?, ?)',
                (key, int(value is None), revision, value, before[0] if before else None))
            self._changed.notify_all()
            return cursor.lastrowid

    def watch(self, prefix, revision, seconds):
        """As `Etcd.watch`: yields (key, value or None, revision, value before or None)."""
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < seconds:
            rows = self._ask('SELECT id, name, deleted, value, old_value FROM kine WHERE id >= ? ORDER BY id', revision)
            for at, name, deleted, value, before in rows:
                revision = at + 1
                if name.startswith(prefix):
                    quiet_since = time.monotonic()
                    yield name, None if deleted else value, at, before
            with self._changed:
                self._changed.wait(POLL)

    def everything(self):
        """[(key, value)]: what moves to etcd when a single server becomes the first of several."""
        return [(key, value) for key, value, _ in self.list('/')[0]]

    def close(self):
        self._database.close()
