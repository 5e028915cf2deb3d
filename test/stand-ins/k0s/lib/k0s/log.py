"""Lines as k0s logs them, and its way to fail."""
import sys
import time


class Failure(Exception):
    """Ends the command: `Error: MESSAGE` and exit code 1."""


def line(level, message):
    stamp = time.strftime('%Y-%m-%d %H:%M:%S')
    print('time="%s" level=%s msg="%s"' % (stamp, level, message.replace('"', '\\"')), file=sys.stderr, flush=True)


def info(message):
    line('info', message)


def warning(message):
    line('warning', message)


def error(message):
    line('error', message)
