"""Commands for nodes: cordon, uncordon, drain, taint."""
import re
import sys
import time

from .. import kinds
from ..errors import ApiError
from .failure import Failure
from .session import seconds

RETRY_SECONDS = 5
TAINT = re.compile(r'^(?P<key>[\w./-]+?)(?:=(?P<value>[\w.-]*))?:(?P<effect>NoSchedule|PreferNoSchedule|NoExecute)(?P<minus>-?)$')


def cordon(args, session):
    return _each(args, session, lambda node: _set_schedulable(session, node, args.command == 'uncordon'))


def _each(args, session, act):
    for name in _names(args, session):
        act(session.client.get(kinds.NODE, None, name))
    return 0


def _names(args, session):
    if args.selector:
        return [node['metadata']['name'] for node in session.client.list(kinds.NODE, labelSelector=args.selector)]
    if not args.words:
        raise Failure('error: USAGE: %s NODE [flags]\nSee \'kubectl %s -h\' for help and examples' % (args.command, args.command))
    return [word.removeprefix('node/') for word in args.words]


def _set_schedulable(session, node, schedulable):
    name = node['metadata']['name']
    done, already = ('uncordoned', 'already uncordoned') if schedulable else ('cordoned', 'already cordoned')
    if bool(node['spec'].get('unschedulable')) == (not schedulable):
        print('node/%s %s' % (name, already))
        return
    session.client.patch(kinds.NODE, None, name, {'spec': {'unschedulable': None if schedulable else True}})
    print('node/%s %s' % (name, done))


def drain(args, session):
    """Cordons, and evicts all pods but those of daemon sets and static ones; waits for budgets until the timeout."""
    nodes = [session.client.get(kinds.NODE, None, name) for name in _names(args, session)]
    for node in nodes:
        _set_schedulable(session, node, schedulable=False)
    for node in nodes:
        _drain(args, session, node['metadata']['name'])
    return 0


def _drain(args, session, name):
    doomed, warnings, problems = [], [], {}
    for pod in session.client.list(kinds.POD, None, fieldSelector='spec.nodeName=' + name):
        verdict, text = _judge(args, pod)
        label = '%s/%s' % (pod['metadata']['namespace'], pod['metadata']['name'])
        if verdict == 'problem':
            problems.setdefault(text, []).append(label)
        elif verdict == 'warning':
            warnings.append((text, label))
        if verdict == 'evict' or (verdict == 'warning' and not text.startswith('ignoring')):
            doomed.append(pod)
    if problems:
        text = ', '.join('cannot delete %s: %s' % (why, ', '.join(pods)) for why, pods in problems.items())
        print('There are pending nodes to be drained:\n %s' % name, file=sys.stderr)
        raise Failure('error: unable to drain node "%s" due to error: %s, continuing command...' % (name, text))
    for text in dict.fromkeys(text for text, _ in warnings):
        print('Warning: %s: %s' % (text, ', '.join(label for other, label in warnings if other == text)), file=sys.stderr)
    limit = seconds(args.timeout)
    deadline = time.monotonic() + limit if limit else None
    for pod in doomed:
        print('evicting pod %s/%s' % (pod['metadata']['namespace'], pod['metadata']['name']))
    for pod in doomed:
        _evict(args, session, pod, name, deadline)
    for pod in doomed:
        _await_end(session, pod, name, deadline)
        print('pod/%s evicted' % pod['metadata']['name'])
    print('node/%s drained' % name)


def _judge(args, pod):
    metadata, spec = pod['metadata'], pod['spec']
    owners = {owner['kind'] for owner in metadata.get('ownerReferences') or [] if owner.get('controller')}
    if 'kubernetes.io/config.mirror' in (metadata.get('annotations') or {}):
        return 'skip', ''
    if (pod.get('status') or {}).get('phase') in ('Succeeded', 'Failed'):
        return 'evict', ''
    if 'DaemonSet' in owners:
        return ('warning', 'ignoring DaemonSet-managed Pods') if args.ignore_daemonsets else \
            ('problem', 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)')
    if any('emptyDir' in volume for volume in spec.get('volumes') or []) and not args.delete_emptydir_data:
        return 'problem', 'Pods with local storage (use --delete-emptydir-data to override)'
    if not owners:
        return ('warning', 'deleting Pods that declare no controller') if args.force else \
            ('problem', 'Pods that declare no controller (use --force to override)')
    return 'evict', ''


def _evict(args, session, pod, node, deadline):
    namespace, name = pod['metadata']['namespace'], pod['metadata']['name']
    body = {'apiVersion': 'policy/v1', 'kind': 'Eviction', 'metadata': {'name': name, 'namespace': namespace},
            **({'deleteOptions': {'gracePeriodSeconds': args.grace_period}} if args.grace_period is not None and args.grace_period >= 0 else {})}
    while True:
        try:
            if args.disable_eviction:
                session.client.delete(kinds.POD, namespace, name)
            else:
                session.client.call('POST', kinds.POD.path(namespace, name, 'eviction'), body)
            return
        except ApiError as error:
            if error.code == 404:
                return
            if error.code != 429:
                raise
            print('error when evicting pods/"%s" -n "%s" (will retry after 5s): %s' % (name, namespace, error), file=sys.stderr, flush=True)
        if deadline and time.monotonic() + RETRY_SECONDS > deadline:
            time.sleep(max(0, deadline - time.monotonic()))
            _time_out(args, node, 'error when evicting pods/"%s" -n "%s": global timeout reached: %s' % (name, namespace, args.timeout))
        time.sleep(RETRY_SECONDS)


def _time_out(args, node, text):
    print('There are pending nodes to be drained:\n %s' % node, file=sys.stderr)
    raise Failure('error: unable to drain node "%s" due to error: %s, continuing command...' % (node, text))


def _await_end(session, pod, node, deadline):
    metadata = pod['metadata']
    while True:
        found = session.client.find(kinds.POD, metadata['namespace'], metadata['name'])
        if not found or found['metadata']['uid'] != metadata['uid']:
            return
        if deadline and time.monotonic() > deadline:
            raise Failure('error: unable to drain node "%s" due to error: error when waiting for pod "%s" in namespace "%s" to terminate: '
                          'global timeout reached, continuing command...' % (node, metadata['name'], metadata['namespace']))
        time.sleep(0.3)


def taint(args, session):
    words = [word for word in args.words[1:] if not _change(word)]
    changes = [_change(word) for word in args.words[1:] if _change(word)]
    if session.kind(args.words[0]) is not kinds.NODE or not changes:
        raise Failure('error: at least one taint update is required')
    names = words if not args.all else [node['metadata']['name'] for node in session.client.list(kinds.NODE)]
    for name in names:
        node = session.client.get(kinds.NODE, None, name)
        before = (node.get('spec') or {}).get('taints') or []
        after = before
        for key, value, effect, remove in changes:
            same = [each for each in after if each['key'] == key and effect in (None, each['effect'])]
            if remove and not same:
                raise Failure('error: taint "%s" not found' % ':'.join(filter(None, (key, effect))))
            if not remove and same and same[0].get('value', '') != (value or '') and not args.overwrite:
                raise Failure('error: node %s already has %s taint(s) with same effect(s) and --overwrite is false' % (name, key))
            after = [each for each in after if each not in same]
            if not remove:
                after = [*after, {'key': key, 'effect': effect, **({'value': value} if value else {})}]
        session.client.patch(kinds.NODE, None, name, {'spec': {'taints': after or None}})
        removed = all(remove for *_, remove in changes)
        print('node/%s %s' % (name, 'untainted' if removed else 'tainted' if before != after else 'not tainted'))
    return 0


def _change(word):
    """(key, value, effect, whether to remove) of a word such as a=b:NoSchedule or a:NoSchedule- or a-; None for other words."""
    found = TAINT.match(word)
    if found:
        return found['key'], found['value'], found['effect'], bool(found['minus'])
    if word.endswith('-') and re.fullmatch(r'[\w./-]+-', word):
        return word[:-1], None, None, True
    return None
