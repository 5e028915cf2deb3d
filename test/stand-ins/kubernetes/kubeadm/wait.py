"""Waits as kubeadm does."""

import time

from cluster.errors import ApiError
from cluster.etcd import EtcdError

from .failure import Fatal
from .hooks import patience


def until(ask, seconds, problem, pause=0.2):
    """Asks until there is an answer other than None or False. Raises Fatal with `problem` and the last error after that time."""
    deadline, last = time.monotonic() + patience(seconds), None
    while True:
        try:
            answer = ask()
            if answer is not None and answer is not False:
                return answer
        except (OSError, ApiError, EtcdError) as error:
            last = error
        if time.monotonic() > deadline:
            raise Fatal('%s: %s' % (problem, last) if last else problem)
        time.sleep(pause)
