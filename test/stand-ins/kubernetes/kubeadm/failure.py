"""How kubeadm fails."""


class Fatal(Exception):
    """Ends kubeadm with a message and an exit code: 2 for preflight, 3 for arguments and configuration, 1 otherwise."""

    def __init__(self, message, code=1):
        super().__init__(message)
        self.code = code


def in_phase(name, error):
    """What a phase raised, as the program ends with it."""
    code = 2 if name == 'preflight' else getattr(error, 'code', 1)
    return Fatal('error execution phase %s: %s' % (name, error), code if code in (1, 2, 3) else 1)
