"""The three kinds of patches; of a strategic one, lists are merged by the key that Kubernetes knows for them."""
import copy

from .errors import ApiError

MERGE_KEYS = {'containers': 'name', 'initContainers': 'name', 'volumes': 'name', 'env': 'name', 'ports': 'containerPort',
              'volumeMounts': 'mountPath', 'conditions': 'type', 'addresses': 'type', 'taints': 'key', 'ownerReferences': 'uid'}


def apply(kind, target, patch):
    """A patched copy; `kind` is merge, strategic or json."""
    if kind == 'json':
        return _json(copy.deepcopy(target), patch)
    return _merge(copy.deepcopy(target), patch, strategic=kind == 'strategic')


def _merge(target, patch, strategic, name=None):
    if strategic and isinstance(patch, list) and isinstance(target, list) and name in MERGE_KEYS:
        return _merge_lists(target, patch, MERGE_KEYS[name])
    if not isinstance(patch, dict):
        return patch
    if strategic and patch.get('$patch') == 'replace':
        return {key: value for key, value in patch.items() if key != '$patch'}
    result = target if isinstance(target, dict) else {}
    for key, value in patch.items():
        if key.startswith('$'):
            continue
        if value is None:
            result.pop(key, None)
        else:
            result[key] = _merge(result.get(key), value, strategic, key)
    return result


def _merge_lists(target, patch, key):
    if any('$patch' in each and each['$patch'] == 'replace' for each in patch):
        return [each for each in patch if '$patch' not in each]
    result = list(target)
    for each in patch:
        at = next((i for i, old in enumerate(result) if old.get(key) == each.get(key)), None)
        if each.get('$patch') == 'delete':
            result = [old for i, old in enumerate(result) if i != at]
        elif at is None:
            result.append(each)
        else:
            result[at] = _merge(result[at], each, True)
    return result


def _json(target, operations):
    for operation in operations:
        *parents, last = [part.replace('~1', '/').replace('~0', '~') for part in operation['path'].split('/')[1:]]
        place = target
        for part in parents:
            place = _child(place, part, operation['path'])
        if operation['op'] == 'test':
            if _child(place, last, operation['path']) != operation['value']:
                raise ApiError(422, 'the server rejected our request due to an error in our request', 'Invalid')
        elif operation['op'] == 'remove':
            _child(place, last, operation['path'])
            del place[int(last) if isinstance(place, list) else last]
        elif isinstance(place, list) and operation['op'] == 'add':
            place.insert(len(place) if last == '-' else int(last), operation['value'])
        elif operation['op'] in ('add', 'replace'):
            place[int(last) if isinstance(place, list) else last] = operation['value']
        else:
            raise ApiError(400, 'Unexpected kind: %s' % operation['op'])
    return target


def _child(place, part, path):
    try:
        return place[int(part) if isinstance(place, list) else part]
    except (KeyError, IndexError, ValueError, TypeError):
        raise ApiError(422, 'the server rejected our request due to an error in our request: no value at "%s"' % path, 'Invalid')


def difference(before, after):
    """The merge patch that leads from one to the other; {} where they are the same."""
    changes = {key: None for key in before if key not in after}
    for key, value in after.items():
        old = before.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            inner = difference(old, value)
            if inner:
                changes[key] = inner
        elif key not in before or old != value:
            changes[key] = value
    return changes


def three_way(original, modified, live):
    """What `apply` sends: fields of `original` that went are removed, those of `modified` that differ from the live ones are set."""
    patch = {key: None for key in original if key not in modified and key in live}
    for key, value in modified.items():
        if isinstance(value, dict) and isinstance(live.get(key), dict):
            old = original.get(key)
            inner = three_way(old if isinstance(old, dict) else {}, value, live[key])
            if inner:
                patch[key] = inner
        elif key not in live or not _covers(live[key], value):
            patch[key] = value
    return patch


def _covers(live, wanted):
    """Whether what is wanted is there, besides what the server added by itself."""
    if isinstance(wanted, dict) and isinstance(live, dict):
        return all(key in live and _covers(live[key], value) for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(live, list):
        return len(live) == len(wanted) and all(_covers(*pair) for pair in zip(live, wanted))
    return live == wanted
