"""The servers that an agent knows: k3s' load balancer in small. It goes on with another when one is away."""
import json
import os
import urllib.parse

from cluster.files import read, write

from . import access, layout


class Servers:
    def __init__(self, paths, first):
        self._path = paths.agent + '/etc/k3s-agent-load-balancer.json'
        self._first = first.rstrip('/')
        self._urls = [self._first]
        if os.path.exists(self._path):
            kept = ['https://' + address for address in json.loads(read(self._path))['ServerAddresses']]
            self._urls = [self._first, *(url for url in kept if url != self._first)]

    @property
    def urls(self):
        return list(self._urls)

    def update(self, addresses):
        """Remembers the addresses (ADDRESS:PORT) of all servers, for the next start too."""
        if not addresses:
            return
        preferred = urllib.parse.urlsplit(self._first).netloc
        self._urls = ['https://' + address for address in sorted(addresses, key=lambda each: (each != preferred, each))]
        write(self._path, json.dumps({'ServerURL': self._first, 'ServerAddresses': sorted(addresses)}), 0o600)

    def first_that(self, ask):
        """The answer of the first server that can be reached; a refusal is an answer, raised as it is."""
        problem = OSError('no server is known')
        for url in self._urls:
            try:
                return ask(url)
            except access.Refused as error:
                if error.status < 500:
                    raise
                problem = error
            except OSError as error:
                problem = error
        raise problem


def of_host(address, port=layout.PORT):
    return '%s:%d' % (address, port)
