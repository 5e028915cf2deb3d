"""Commands that look: get, wait, rollout status, cluster-info, version, auth can-i, api-resources."""
import json
import re
import sys
import time

from .. import jsonpath, kinds
from ..errors import ApiError
from . import output
from .failure import Failure, from_server
from .session import seconds, show

POLL_SECONDS = 0.3


def get(args, session):
    if args.raw:
        answer = session.client.call('GET', args.raw)
        sys.stdout.write(answer if isinstance(answer, str) else json.dumps(answer))
        return 0
    targets = session.targets(args.words)
    if args.all_namespaces and any(name for _, name in targets):
        raise Failure('error: a resource cannot be retrieved by name across all namespaces')
    groups, code = {}, 0
    for kind, name in targets:
        found, failed = _find(args, session, kind, name)
        groups.setdefault(kind, []).extend(found)
        code = code or failed
    single = len(targets) == 1 and targets[0][1] is not None
    if not any(groups.values()) and (not args.output or args.output == 'wide'):
        if not code and not args.ignore_not_found:
            print('No resources found' + ('' if args.all_namespaces or not targets[0][0].namespaced else ' in %s namespace.' % session.namespace), file=sys.stderr)
        return code
    if any(groups.values()) or not single:
        output.emit(args.output, list(groups.items()), single, args.all_namespaces, not args.no_headers, args.show_labels)
    return code


def _find(args, session, kind, name):
    """(objects, exit code)"""
    namespace = None if args.all_namespaces else session.namespace
    if name is None:
        query = {'labelSelector': args.selector, 'fieldSelector': args.field_selector}
        return session.client.list(kind, namespace, **{key: value for key, value in query.items() if value}), 0
    try:
        return [session.client.get(kind, namespace, name)], 0
    except ApiError as error:
        if error.code != 404:
            raise
        if not args.ignore_not_found:
            print(from_server(error), file=sys.stderr)
        return [], 0 if args.ignore_not_found else 1


def wait(args, session):
    """Until all objects are as --for says: delete, create, condition=NAME[=VALUE], jsonpath=PATH[=VALUE]."""
    what, _, rest = args.condition.partition('=')
    holds = _wanted(what, rest, args.condition)
    deadline = time.monotonic() + (seconds(args.timeout) if args.timeout else 30)
    namespace = session.namespace
    targets = _named(args, session, namespace)
    if not targets and what not in ('delete', 'create'):
        raise Failure('error: no matching resources found')
    for kind, name in targets:
        while not holds(_look(session, kind, namespace, name, what)):
            if time.monotonic() > deadline:
                raise Failure('error: timed out waiting for the condition on %s' % show(kind, name).replace(kind.singular, kind.plural, 1))
            time.sleep(POLL_SECONDS)
        print('%s condition met' % show(kind, name))
    return 0


def _named(args, session, namespace):
    targets = []
    for kind, name in session.targets(args.words):
        if name is not None:
            targets.append((kind, name))
        elif args.selector or args.all:
            query = {'labelSelector': args.selector} if args.selector else {}
            targets += [(kind, item['metadata']['name']) for item in session.client.list(kind, namespace, **query)]
        else:
            raise Failure('error: resource(s) were provided, but no name was specified')
    return targets


def _look(session, kind, namespace, name, what):
    found = session.client.find(kind, namespace, name)
    if found is None and what not in ('delete', 'create'):
        raise ApiError(404, '%s "%s" not found' % (kind.full_name, name))
    return found


def _wanted(what, rest, text):
    if what == 'delete':
        return lambda item: item is None
    if what == 'create':
        return lambda item: item is not None
    if what == 'condition':
        name, _, value = rest.partition('=')
        return lambda item: any(each['type'].lower() == name.lower() and each['status'].lower() == (value or 'True').lower()
                                for each in (item.get('status') or {}).get('conditions') or [])
    if what == 'jsonpath':
        path, _, value = re.match(r"'?(\{.*\}|[^=]*)'?(=?)(.*)", rest).groups()
        return lambda item: _matches(jsonpath.find(path.strip('{}'), item), value)
    raise Failure('error: unrecognized condition: "%s"' % text)


def _matches(found, value):
    return bool(found) and (not value or jsonpath.show(found[0]) == value)


def rollout_status(args, session):
    deadline = time.monotonic() + (seconds(args.timeout) or 600)
    for kind, name in session.targets(args.words):
        while True:
            item = session.client.get(kind, session.namespace, name)
            done, message = _progress(kind, item)
            print(message)
            if done:
                break
            if time.monotonic() > deadline:
                raise Failure('error: timed out waiting for the condition')
            time.sleep(POLL_SECONDS)
    return 0


def _progress(kind, item):
    status, name = item.get('status') or {}, item['metadata']['name']
    if status.get('observedGeneration', 0) < item['metadata'].get('generation', 1):
        return False, 'Waiting for %s spec update to be observed...' % kind.singular
    if kind is kinds.DAEMON_SET:
        wanted, ready = status.get('desiredNumberScheduled', 0), status.get('numberAvailable', 0)
        return ready >= wanted, 'daemon set "%s" successfully rolled out' % name if ready >= wanted else \
            'Waiting for daemon set "%s" rollout to finish: %d of %d updated pods are available...' % (name, ready, wanted)
    wanted, ready = item['spec'].get('replicas', 1), status.get('availableReplicas', 0)
    return ready >= wanted, '%s "%s" successfully rolled out' % (kind.singular, name) if ready >= wanted else \
        'Waiting for %s "%s" rollout to finish: %d of %d updated replicas are available...' % (kind.singular, name, ready, wanted)


def cluster_info(args, session):
    session.client.call('GET', '/api')
    print('Kubernetes control plane is running at %s' % session.server)
    print('\nTo further debug and diagnose cluster problems, use \'kubectl cluster-info dump\'.')
    return 0


def version(args, session):
    server = None if args.client else session.client.call('GET', '/version')
    if args.output == 'json':
        print(json.dumps({'clientVersion': {'gitVersion': 'v' + session.version.lstrip('v')}, **({'serverVersion': server} if server else {})}, indent=2))
        return 0
    print('Client Version: v' + session.version)
    if server:
        print('Server Version: ' + server['gitVersion'])
    return 0


def can_i(args, session):
    """Exit code 1 for no."""
    verb, resource, *rest = [*args.words, ''][:3]
    kind = session.kind(resource.partition('/')[0])
    spec = {'resourceAttributes': {'verb': verb, 'group': kind.group, 'resource': kind.plural, 'name': resource.partition('/')[2],
                                   **({'namespace': session.namespace} if kind.namespaced and not args.all_namespaces else {})}}
    answer = session.client.call('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {'spec': spec})
    print('yes' if answer['status']['allowed'] else 'no')
    return 0 if answer['status']['allowed'] else 1


def api_resources(args, session):
    custom = [kind for definition in session.client.list(kinds.CUSTOM) for kind in kinds.of_definition(definition)]
    rows = [[kind.plural, ','.join(kind.short), kind.api_version, str(kind.namespaced).lower(), kind.kind]
            for kind in (*kinds.BUILT_IN, *custom) if args.api_group is None or args.api_group == kind.group]
    if args.output == 'name':
        print('\n'.join('.'.join(filter(None, (row[0], row[2].rpartition('/')[0]))) for row in rows))
    else:
        output.table(None if args.no_headers else ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND'], rows)
    return 0
