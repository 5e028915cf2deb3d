"""What k3s says of itself: logrus' lines on standard error."""
import datetime
import json
import sys


class Fatal(Exception):
    """Ends the program with its message, as logrus.Fatal does."""


def _say(level, message, *values):
    now = datetime.datetime.now(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')
    text = json.dumps(message % values if values else message)
    print('time="%s" level=%s msg=%s' % (now, level, text), file=sys.stderr, flush=True)


def info(message, *values):
    _say('info', message, *values)


def warning(message, *values):
    _say('warning', message, *values)


def error(message, *values):
    _say('error', message, *values)


def fatal(message, *values):
    _say('fatal', message, *values)
