"""The time, as this host's cluster programs see it; tests put it forward by a number of seconds in /etc/stand-in/clock-skew."""
import time
from datetime import datetime, timezone

from .paths import HOOKS


def now():
    """Seconds since 1970."""
    try:
        with open(HOOKS + '/clock-skew') as file:
            return time.time() + float(file.read())
    except FileNotFoundError:
        return time.time()


def stamp(seconds=None):
    """As objects carry it: 2025-01-31T12:00:00Z."""
    moment = datetime.fromtimestamp(now() if seconds is None else seconds, timezone.utc)
    return moment.strftime('%Y-%m-%dT%H:%M:%SZ')


def micro_stamp():
    return datetime.fromtimestamp(now(), timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.%fZ')


def seconds(text):
    """Seconds since 1970 of a time in an object."""
    return datetime.fromisoformat(text.replace('Z', '+00:00')).timestamp()
