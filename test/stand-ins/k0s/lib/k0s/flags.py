"""Flags as k0s takes them: --name VALUE, --name=VALUE, -n VALUE; switches stand alone or with =true or =false."""
from .log import Failure

GLOBAL = {'data-dir': str, 'status-socket': str, 'debug': bool, 'verbose': bool, 'debugListenOn': str}
WORKER = {'cri-socket': str, 'kubelet-root-dir': str, 'profile': str, 'enable-cloud-provider': bool, 'token-file': str, 'logging': str,
          'labels': str, 'taints': str, 'kubelet-extra-args': str, 'iptables-mode': str, 'ignore-pre-flight-checks': bool}
CONTROLLER = {**WORKER, 'config': str, 'enable-worker': bool, 'disable-components': str, 'single': bool, 'no-taints': bool,
              'enable-k0s-cloud-provider': bool, 'k0s-cloud-provider-update-frequency': str, 'k0s-cloud-provider-port': str,
              'enable-dynamic-config': bool, 'enable-metrics-scraper': bool, 'kube-controller-manager-extra-args': str,
              'init-only': bool, 'feature-gates': str}
INSTALL = {'force': bool, 'env': str, 'start': bool}
SHORT = {'c': 'config', 'd': 'debug', 'v': 'verbose', 'l': 'logging', 'o': 'out', 'e': 'env', 'a': 'all', 'j': 'json'}
WORDS = {'true': True, 't': True, '1': True, 'false': False, 'f': False, '0': False}


def parse(words, own, positional=(0, 0)):
    """({flag: value}, arguments). `own` are the flags beside the global ones, `positional` the fewest and the most arguments."""
    known, given, arguments, rest = {**GLOBAL, **own}, {}, [], list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith('-') or word == '-':
            arguments.append(word)
            continue
        name, equals, value = word.lstrip('-').partition('=')
        name = name if word.startswith('--') else SHORT.get(name, name)
        if name not in known:
            raise Failure('unknown flag: --%s' % name if word.startswith('--') else "unknown shorthand flag: '%s' in %s" % (name[:1], word))
        given[name] = _switch(name, value if equals else 'true') if known[name] is bool else _value(word, value, equals, rest)
    if not positional[0] <= len(arguments) <= positional[1]:
        raise Failure('accepts %d arg(s), received %d' % (positional[1], len(arguments)) if positional[1] else
                      'unknown command "%s"' % arguments[0])
    return given, arguments


def _switch(name, value):
    if value.lower() not in WORDS:
        raise Failure('invalid argument "%s" for "--%s" flag: strconv.ParseBool: parsing "%s": invalid syntax' % (value, name, value))
    return WORDS[value.lower()]


def _value(word, value, equals, rest):
    if equals:
        return value.strip('"\'') if value[:1] == value[-1:] and value[:1] in ('"', "'") else value
    if not rest:
        raise Failure('flag needs an argument: %s' % word)
    return rest.pop(0)


def as_words(given):
    """The flags of a service's command line, from what `install` was given."""
    return ['--%s=%s' % (name, str(value).lower() if isinstance(value, bool) else value)
            for name, value in sorted(given.items()) if name not in INSTALL]
