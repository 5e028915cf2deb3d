"""The forms of `get`: tables, names, JSON, YAML, JSONPath, columns of one's own."""
import json
import sys

import yaml

from .. import clock, jsonpath, kinds
from .failure import Failure
from .session import show

ROLE = 'node-role.kubernetes.io/'
LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'


def emit(form, groups, single, namespaced, headers=True, labels=False):
    """Prints [(kind, objects)]; `single` where one object was named, which JSON and YAML then show without a list."""
    name, _, rest = (form or '').partition('=')
    items = [item for _, found in groups for item in found]
    whole = items[0] if single and items else {'apiVersion': 'v1', 'items': items, 'kind': 'List', 'metadata': {'resourceVersion': ''}}
    if name in ('', 'wide'):
        tables(groups, name == 'wide', namespaced, headers, labels)
    elif name == 'name':
        for kind, found in groups:
            for item in found:
                print(show(kind, item['metadata']['name']))
    elif name == 'json':
        print(json.dumps(whole, indent=4))
    elif name == 'yaml':
        sys.stdout.write(yaml.safe_dump(whole, default_flow_style=False))
    elif name in ('jsonpath', 'jsonpath-file'):
        sys.stdout.write(jsonpath.render(open(rest).read() if name == 'jsonpath-file' else rest, whole))
    elif name == 'custom-columns':
        columns = [column.split(':', 1) for column in rest.split(',')]
        rows = [[_cell(path, item) for _, path in columns] for item in items]
        table([title for title, _ in columns] if headers else None, rows)
    else:
        raise Failure('error: unable to match a printer suitable for the output format "%s", allowed formats are: custom-columns,'
                      'custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,'
                      'templatefile,wide,yaml' % name)


def _cell(path, item):
    found = jsonpath.find(path.strip('{}'), item)
    return ','.join(each if isinstance(each, str) else json.dumps(each) for each in found) or '<none>'


def tables(groups, wide, namespaced, headers, labels):
    printed = False
    for kind, items in groups:
        if not items:
            continue
        titles, cells = columns(kind, wide)
        rows = [([item['metadata'].get('namespace', '')] if namespaced and kind.namespaced else []) + cells(item)
                + ([_labels(item)] if labels else []) for item in items]
        titles = (['NAMESPACE'] if namespaced and kind.namespaced else []) + titles + (['LABELS'] if labels else [])
        if len([1 for _, found in groups if found]) > 1:
            if printed:
                print()
            for row in rows:
                at = 1 if namespaced and kind.namespaced else 0
                row[at] = show(kind, row[at])
        table(titles if headers else None, rows)
        printed = True


def table(titles, rows):
    everything = ([titles] if titles else []) + rows
    widths = [max(len(row[at]) for row in everything) for at in range(len(everything[0]))] if everything else []
    for row in everything:
        print('   '.join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def columns(kind, wide):
    """(titles, function from object to cells)"""
    if kind is kinds.NODE:
        more = ['INTERNAL-IP', 'EXTERNAL-IP', 'OS-IMAGE', 'KERNEL-VERSION', 'CONTAINER-RUNTIME'] if wide else []
        return ['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION', *more], lambda item: _node(item, wide)
    if kind is kinds.POD:
        return ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', *(['IP', 'NODE'] if wide else [])], lambda item: _pod(item, wide)
    if kind in (kinds.DEPLOYMENT, kinds.STATEFUL_SET):
        more = ['UP-TO-DATE', 'AVAILABLE'] if kind is kinds.DEPLOYMENT else []
        return ['NAME', 'READY', *more, 'AGE'], lambda item: _workload(item, bool(more))
    if kind is kinds.DAEMON_SET:
        fields = ['desiredNumberScheduled', 'currentNumberScheduled', 'numberReady', 'updatedNumberScheduled', 'numberAvailable']
        return ['NAME', 'DESIRED', 'CURRENT', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'AGE'], lambda item: [
            name(item), *[str((item.get('status') or {}).get(field, 0)) for field in fields], age(item)]
    if kind is kinds.SECRET:
        return ['NAME', 'TYPE', 'DATA', 'AGE'], lambda item: [name(item), item.get('type', ''), str(len(item.get('data') or {})), age(item)]
    if kind is kinds.CONFIG_MAP:
        return ['NAME', 'DATA', 'AGE'], lambda item: [name(item), str(len(item.get('data') or {})), age(item)]
    if kind is kinds.NAMESPACE:
        return ['NAME', 'STATUS', 'AGE'], lambda item: [name(item), item['status']['phase'], age(item)]
    if kind is kinds.SIGNING_REQUEST:
        return ['NAME', 'AGE', 'SIGNERNAME', 'REQUESTOR', 'CONDITION'], lambda item: [
            name(item), age(item), item['spec'].get('signerName', ''), item['spec'].get('username', ''), _request(item)]
    if kind.columns:
        return ['NAME', *[title.upper() for title, _ in kind.columns]], lambda item: [
            name(item), *[age(item) if path == '.metadata.creationTimestamp' else _cell(path, item).replace('<none>', '') for _, path in kind.columns]]
    return ['NAME', 'AGE'], lambda item: [name(item), age(item)]


def name(item):
    return item['metadata']['name']


def age(item):
    created = item['metadata'].get('creationTimestamp')
    if not created:
        return '<unknown>'
    seconds = max(0, int(clock.now() - clock.seconds(created)))
    for limit, size, unit in ((120, 1, 's'), (7200, 60, 'm'), (172800, 3600, 'h')):
        if seconds < limit:
            return '%d%s' % (seconds // size, unit)
    return '%dd' % (seconds // 86400)


def _node(item, wide):
    status, spec = item.get('status') or {}, item.get('spec') or {}
    ready = next((each['status'] for each in status.get('conditions') or [] if each['type'] == 'Ready'), 'Unknown')
    state = ('Ready' if ready == 'True' else 'NotReady') + (',SchedulingDisabled' if spec.get('unschedulable') else '')
    roles = ','.join(label[len(ROLE):] for label in sorted(item['metadata'].get('labels') or {}) if label.startswith(ROLE))
    info = status.get('nodeInfo') or {}
    cells = [name(item), state, roles or '<none>', age(item), info.get('kubeletVersion', '')]
    address = next((each['address'] for each in status.get('addresses') or [] if each['type'] == 'InternalIP'), '<none>')
    return cells + ([address, '<none>', info.get('osImage', ''), info.get('kernelVersion', ''), info.get('containerRuntimeVersion', '')] if wide else [])


def _pod(item, wide):
    status = item.get('status') or {}
    containers = status.get('containerStatuses') or []
    ready = '%d/%d' % (sum(1 for each in containers if each.get('ready')), len(item['spec'].get('containers') or []))
    phase = 'Terminating' if 'deletionTimestamp' in item['metadata'] else status.get('phase', 'Unknown')
    cells = [name(item), ready, phase, str(sum(each.get('restartCount', 0) for each in containers)), age(item)]
    return cells + ([status.get('podIP', '<none>'), item['spec'].get('nodeName', '<none>')] if wide else [])


def _workload(item, deployment):
    status = item.get('status') or {}
    ready = '%d/%d' % (status.get('readyReplicas', 0), item['spec'].get('replicas', 1))
    more = [str(status.get('updatedReplicas', 0)), str(status.get('availableReplicas', 0))] if deployment else []
    return [name(item), ready, *more, age(item)]


def _request(item):
    status = item.get('status') or {}
    said = [each['type'] for each in status.get('conditions') or []] or ['Pending']
    return ','.join(said + (['Issued'] if status.get('certificate') else []))


def _labels(item):
    return ','.join('%s=%s' % pair for pair in sorted((item['metadata'].get('labels') or {}).items())) or '<none>'
