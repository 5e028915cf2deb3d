"""One request to the API."""
from typing import NamedTuple


class User(NamedTuple):
    name: str
    groups: frozenset

    @property
    def is_admin(self):
        return bool(self.groups & {'system:masters', 'kubeadm:cluster-admins'})


ANONYMOUS = User('system:anonymous', frozenset({'system:unauthenticated'}))


class Request(NamedTuple):
    method: str
    path: str
    query: dict  # each parameter's last value
    body: object
    user: User
    content_type: str


class Stream(NamedTuple):
    """An answer without an end: lines of JSON as they come."""
    lines: object
