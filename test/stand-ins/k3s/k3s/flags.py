"""Flags of the small commands: --name value or --name=value, and words."""
from . import log

SHORT = {'t': 'token', 's': 'server', 'd': 'data-dir', 'o': 'output'}


def read(known, arguments):
    """({flag: value}, [word]); `known` holds the flags with their defaults, of which False is a switch."""
    said, words, rest = dict(known), [], list(arguments)
    while rest:
        word = rest.pop(0)
        if not word.startswith('-'):
            words.append(word)
            continue
        flag, has_value, value = word.lstrip('-').partition('=')
        name = SHORT.get(flag, flag)
        if name not in known:
            print('Incorrect Usage: flag provided but not defined: -%s\n' % flag)
            raise log.Fatal('flag provided but not defined: -%s' % flag)
        if known[name] is False:
            said[name] = not has_value or value == 'true'
        elif has_value:
            said[name] = value
        elif rest:
            said[name] = rest.pop(0)
        else:
            raise log.Fatal('flag needs an argument: -%s' % flag)
    return said, words
