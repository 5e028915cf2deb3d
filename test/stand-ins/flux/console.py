"""What the command line says: progress on standard error, tables on standard output."""
import re
import sys

VERSION = '2.3.0'
HEX = re.compile(r'\b[a-f0-9]{40,128}\b')


class CommandError(Exception):
    """Ends the program with its message and exit code 1."""


def say(mark, text):
    print(mark, text, file=sys.stderr, flush=True)


def act(text):
    say('►', text)


def wait(text):
    say('◎', text)


def succeed(text):
    say('✔', text)


def fail(text):
    say('✗', text)


def short(text):
    """With all digests cut to eight characters."""
    return HEX.sub(lambda found: found.group()[:8], text)


def table(header, rows):
    lines = [[title.upper() for title in header]] if header else []
    lines += rows
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    for line in lines:
        print('\t'.join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() + '\t')
