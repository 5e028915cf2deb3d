"""Label and field selectors."""
import re

from .errors import ApiError

TERM = re.compile(r'^\s*(?P<key>[\w./-]+)\s*(?:(?P<op>==|!=|=)\s*(?P<value>[^,]*?)|(?P<set>in|notin)\s*\((?P<values>[^)]*)\))?\s*$')


def matches_text(labels, selector):
    """Whether labels satisfy a selector such as `app=web,tier!=db,env in (a, b),!old`."""
    return all(_term(labels, term) for term in re.split(r',(?![^(]*\))', selector) if term.strip())


def _term(labels, term):
    if term.strip().startswith('!'):
        return term.strip()[1:].strip() not in labels
    found = TERM.match(term)
    if not found:
        raise ApiError(400, 'unable to parse requirement: found \'%s\'' % term)
    key = found['key']
    if found['set']:
        values = [value.strip() for value in found['values'].split(',')]
        return (key in labels and labels[key] in values) if found['set'] == 'in' else labels.get(key) not in values
    if found['op'] is None:
        return key in labels
    return (labels.get(key) == found['value']) == (found['op'] != '!=')


def matches(labels, selector):
    """Whether labels satisfy a selector of a workload: {matchLabels, matchExpressions}. None matches nothing, an empty one all."""
    if selector is None:
        return False
    operators = {
        'In': lambda value, values: value in values,
        'NotIn': lambda value, values: value not in values,
        'Exists': lambda value, values: value is not None,
        'DoesNotExist': lambda value, values: value is None,
    }
    return all(labels.get(key) == value for key, value in (selector.get('matchLabels') or {}).items()) and all(
        operators[each['operator']](labels.get(each['key']), each.get('values') or []) for each in selector.get('matchExpressions') or [])


def matches_fields(item, selector):
    """Whether an object satisfies a field selector such as `spec.nodeName=a,status.phase!=Failed`."""
    for term in selector.split(','):
        path, unequal, value = term.partition('!=')
        if not unequal:
            path, _, value = term.partition('=')
            value = value.removeprefix('=')
        if (_field(item, path.strip()) == value) == bool(unequal):
            return False
    return True


def _field(item, path):
    for part in path.split('.'):
        item = item.get(part) if isinstance(item, dict) else None
    return {None: '', True: 'true', False: 'false'}.get(item, item) if not isinstance(item, (dict, list)) else ''
