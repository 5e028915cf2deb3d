"""Commands that change objects: create, apply, delete, patch, label, annotate, scale, certificate."""
import base64
import json
import os
import sys
import time

import yaml

from .. import clock, kinds, patches
from ..client import MERGE, STRATEGIC
from ..errors import ApiError
from . import output
from .failure import Failure, from_server
from .session import seconds, show

PATCH_TYPES = {'strategic': STRATEGIC, 'merge': MERGE, 'json': 'application/json-patch+json'}


def apply(args, session):
    return _each(args, session, lambda kind, item: _apply(args, session, kind, item), 'apply')


def create(args, session):
    def one(kind, item):
        made = session.client.create(kind, item)
        _say(args, kind, made, 'created')

    return _each(args, session, one, 'create')


def _each(args, session, act, verb):
    """Acts on every document of the files; one that fails does not keep the others back."""
    documents, code = list(_documents(args.filename)), 0
    if not documents:
        raise Failure('error: no objects passed to %s' % verb)
    for item in documents:
        try:
            kind = session.kind_of(item)
            if kind.namespaced:
                wanted = item.setdefault('metadata', {}).setdefault('namespace', session.namespace)
                if args.namespace and wanted != args.namespace:
                    raise Failure('error: the namespace from the provided object "%s" does not match the namespace "%s". You must pass '
                                  '\'--namespace=%s\' to perform this operation.' % (wanted, args.namespace, wanted))
            act(kind, item)
        except (ApiError, Failure) as error:
            text = from_server(error) if isinstance(error, ApiError) else str(error)
            if verb == 'create' or isinstance(error, Failure) or error.code == 422:
                print(text, file=sys.stderr)
            else:
                print('Error from server%s: error when applying patch: %s' % (' (%s)' % error.reason if error.reason else '', error)
                      if error.code == 409 else text, file=sys.stderr)
            code = 1
    return code


def _documents(names):
    for name in names:
        if name == '-':
            texts = [sys.stdin.read()]
        elif os.path.isdir(name):
            texts = [open(os.path.join(name, each)).read() for each in sorted(os.listdir(name)) if each.endswith(('.yaml', '.yml', '.json'))]
        elif os.path.exists(name):
            texts = [open(name).read()]
        else:
            raise Failure('error: the path "%s" does not exist' % name)
        for text in texts:
            try:
                documents = list(yaml.load_all(text, Loader=getattr(yaml, 'CSafeLoader', yaml.SafeLoader)))
            except yaml.YAMLError as error:
                raise Failure('error: error parsing %s: error converting YAML to JSON: yaml: %s' % (name, str(error).replace('\n', ' ')))
            for item in documents:
                if isinstance(item, dict):
                    yield from item['items'] if item.get('kind', '').endswith('List') and 'items' in item else [_plain(item)]


def _plain(item):
    """What JSON can carry; YAML reads times as such."""
    return json.loads(json.dumps(item, default=str))


def _apply(args, session, kind, item):
    namespace, name = item['metadata'].get('namespace'), item['metadata']['name']
    live = session.client.find(kind, namespace, name)
    applied = json.dumps(item, separators=(',', ':')) + '\n'
    annotations = {**(item['metadata'].get('annotations') or {}), output.LAST_APPLIED: applied}
    wanted = {**item, 'metadata': {**item['metadata'], 'annotations': annotations}}
    if args.dry_run != 'none':
        _say(args, kind, item, ('created' if live is None else 'configured') + ' (%s dry run)' % args.dry_run)
    elif live is None:
        _say(args, kind, session.client.create(kind, item if args.server_side else wanted), 'serverside-applied' if args.server_side else 'created')
    elif args.server_side:
        _say(args, kind, session.client.patch(kind, namespace, name, item), 'serverside-applied')
    else:
        before = json.loads((live['metadata'].get('annotations') or {}).get(output.LAST_APPLIED, '{}'))
        patch = patches.three_way(_readable(kind, before), _readable(kind, wanted), live)
        changed = live if not patch else session.client.patch(kind, namespace, name, patch)
        _say(args, kind, changed, 'configured' if patch else 'unchanged')


def _readable(kind, item):
    """As the server keeps it, so that what is the same compares the same."""
    if kind is not kinds.SECRET or not item.get('stringData'):
        return item
    data = {key: base64.b64encode(value.encode()).decode() for key, value in item['stringData'].items()}
    return {**{key: value for key, value in item.items() if key != 'stringData'}, 'data': {**(item.get('data') or {}), **data}}


def _say(args, kind, item, what):
    if getattr(args, 'output', None):
        output.emit(args.output, [(kind, [item])], True, False)
    else:
        print('%s %s' % (show(kind, item['metadata']['name']), what))


def delete(args, session):
    code = 0
    grace = {'gracePeriodSeconds': 0 if args.now or (args.force and args.grace_period in (None, 0)) else args.grace_period} \
        if args.now or args.force or args.grace_period is not None else None
    for kind, namespace, name in _doomed(args, session):
        try:
            uid = session.client.delete(kind, namespace, name, grace)['metadata']['uid']
            if args.wait:
                _until_gone(session, kind, namespace, name, uid, seconds(args.timeout) or 600)
            print('%s%s' % (show(kind, name) if args.output == 'name' else '%s "%s" ' % (show(kind, '')[:-1], name),
                            '' if args.output == 'name' else 'force deleted' if args.force else 'deleted'))
        except ApiError as error:
            if not (error.code == 404 and args.ignore_not_found):
                print(from_server(error), file=sys.stderr)
                code = 1
    return code


def _doomed(args, session):
    if args.filename:
        for item in _documents(args.filename):
            yield session.kind_of(item), item['metadata'].get('namespace') or session.namespace, item['metadata']['name']
        return
    for kind, name in session.targets(args.words):
        if name is not None:
            yield kind, session.namespace, name
        elif args.all or args.selector:
            query = {'labelSelector': args.selector} if args.selector else {}
            for item in session.client.list(kind, None if args.all_namespaces else session.namespace, **query):
                yield kind, item['metadata'].get('namespace'), item['metadata']['name']
        else:
            raise Failure('error: resource(s) were provided, but no name was specified')


def _until_gone(session, kind, namespace, name, uid, timeout):
    deadline = time.monotonic() + timeout
    while True:
        found = session.client.find(kind, namespace, name)
        if not found or found['metadata']['uid'] != uid:
            return
        if time.monotonic() > deadline:
            raise Failure('error: timed out waiting for the condition on %s' % show(kind, name))
        time.sleep(0.2)


def patch(args, session):
    text = open(args.patch_file).read() if args.patch_file else args.patch
    try:
        wanted = _plain(yaml.safe_load(text))
    except yaml.YAMLError:
        raise Failure('error: unable to parse "%s": yaml' % text)
    for kind, name in session.targets(args.words):
        how = MERGE if kind.custom and args.type == 'strategic' else PATCH_TYPES[args.type]
        before = session.client.get(kind, session.namespace, name)
        after = session.client.patch(kind, session.namespace, name, wanted, args.subresource, how)
        same = before['metadata']['resourceVersion'] == after['metadata']['resourceVersion']
        _say(args, kind, after, 'patched (no change)' if same else 'patched')
    return 0


def label(args, session):
    return _mark(args, session, 'labels', 'labeled')


def annotate(args, session):
    return _mark(args, session, 'annotations', 'annotated')


def _mark(args, session, field, done):
    words = [word for word in args.words if not _is_change(word)]
    changes = dict(word.partition('=')[::2] if '=' in word else (word[:-1], None) for word in args.words if _is_change(word))
    if not changes:
        raise Failure('error: at least one %s update is required' % field[:-1])
    for kind, name in _chosen(args, session, words):
        before = session.client.get(kind, session.namespace, name)['metadata'].get(field) or {}
        for key, value in changes.items():
            if not args.overwrite and value is not None and before.get(key, value) != value:
                raise Failure("error: '%s' already has a value (%s), and --overwrite is false" % (key, before[key]))
            if value is None and key not in before:
                print('%s "%s" not found.' % (field[:-1], key))
        changed = any(before.get(key) != value for key, value in changes.items())
        if changed:
            session.client.patch(kind, session.namespace, name, {'metadata': {field: changes}})
        removed = field == 'labels' and changed and all(value is None for value in changes.values())
        print('%s %s' % (show(kind, name), 'unlabeled' if removed else done if changed or field == 'annotations' else 'not ' + done))
    return 0


def _is_change(word):
    return '=' in word or (word.endswith('-') and len(word) > 1)


def _chosen(args, session, words):
    for kind, name in session.targets(words):
        if name is not None:
            yield kind, name
        elif args.all or args.selector:
            query = {'labelSelector': args.selector} if args.selector else {}
            yield from ((kind, item['metadata']['name']) for item in session.client.list(kind, session.namespace, **query))
        else:
            raise Failure('error: resource(s) were provided, but no name was specified')


def scale(args, session):
    for kind, name in session.targets(args.words):
        session.client.call('PUT', kind.path(session.namespace, name, 'scale'), {'spec': {'replicas': args.replicas}})
        print('%s scaled' % show(kind, name))
    return 0


def rollout_restart(args, session):
    for kind, name in session.targets(args.words):
        stamp = {'kubectl.kubernetes.io/restartedAt': clock.stamp()}
        session.client.patch(kind, session.namespace, name, {'spec': {'template': {'metadata': {'annotations': stamp}}}})
        print('%s restarted' % show(kind, name))
    return 0


def certificate(args, session):
    """approve or deny"""
    kind, word = kinds.SIGNING_REQUEST, 'Approved' if args.command == 'approve' else 'Denied'
    for name in args.words:
        request = session.client.get(kind, None, name.partition('/')[2] or name)
        said = {'type': word, 'status': 'True', 'reason': 'Kubectl' + word[:-1].removesuffix('e') + 'e', 'lastUpdateTime': clock.stamp(),
                'message': 'This CSR was %s by kubectl certificate %s.' % (word.lower(), args.command)}
        request['status'] = {**(request.get('status') or {}), 'conditions': [said]}
        session.client.replace(kind, request, 'approval')
        print('%s %s' % (show(kind, request['metadata']['name']), word.lower()))
    return 0
