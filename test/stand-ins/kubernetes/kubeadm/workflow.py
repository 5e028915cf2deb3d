"""Runs phases: all of them, all but some, or one by its name."""

from cluster.errors import ApiError
from cluster.etcd import EtcdError

from . import hooks
from .failure import Fatal, in_phase


class Phase:
    """A named step; `run(state)` does it, and one with `parts` is these in turn."""

    def __init__(self, name, run=None, parts=()):
        self.name, self.run, self.parts = name, run, parts

    def steps(self, prefix=''):
        """[(full name, run)], such as control-plane-join/etcd."""
        name = prefix + self.name
        return [(name, self.run)] if self.run else [step for part in self.parts for step in part.steps(name + '/')]


def run(phases, state, skipped=()):
    for phase in phases:
        for name, step in phase.steps():
            if not any(name == each or name.startswith(each + '/') for each in skipped):
                _run(name, step, state)


def run_named(phases, words, state):
    """One phase or part of one; `all` stands for all parts."""
    wanted = '/'.join(word for word in words if word != 'all')
    steps = [step for phase in phases for step in phase.steps() if step[0] == wanted or step[0].startswith(wanted + '/')]
    if not steps:
        raise Fatal('unknown phase "%s"' % ' '.join(words), 1)
    for name, step in steps:
        _run(name, step, state)


def _run(name, step, state):
    try:
        hooks.at('before', name)
        step(state)
        hooks.at('after', name)
    except (Fatal, ApiError, EtcdError, OSError) as error:
        raise in_phase(name, error)
