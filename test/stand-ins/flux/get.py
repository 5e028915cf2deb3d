"""flux get: lists sources and kustomizations with their status."""
from .console import CommandError, short, table
from .objects import GIT_REPOSITORY, condition

HEADER = ['Name', 'Revision', 'Suspended', 'Ready', 'Message']


def run(client, kind, options):
    items = kind.list(client, None if options.all_namespaces else options.namespace)
    items = [item for item in items if options.name in (None, item['metadata']['name'])]
    if not items:
        where = 'any' if options.all_namespaces else '"%s"' % options.namespace
        if options.name:
            raise CommandError("%s object '%s' not found in %s namespace" % (kind.kind, options.name, where))
        raise CommandError('no %s objects found in %s namespace' % (kind.kind, where))
    chosen = [item for item in items if _selected(item, options.status_selector)]
    rows = [([item['metadata']['namespace']] if options.all_namespaces else []) + _row(kind, item) for item in chosen]
    header = (['Namespace'] if options.all_namespaces else []) + HEADER
    if rows or not options.no_header:
        table([] if options.no_header else header, rows)


def _row(kind, item):
    status, ready = item.get('status') or {}, condition(item)
    revision = (status.get('artifact') or {}).get('revision') if kind is GIT_REPOSITORY else status.get('lastAppliedRevision')
    said = [ready['status'], short(ready['message'])] if ready else ['False', 'waiting to be reconciled']
    return [item['metadata']['name'], short(revision or ''), str(bool(item['spec'].get('suspend'))), *said]


def _selected(item, selector):
    """ready=false or ready!=true."""
    if not selector:
        return True
    name, negated, wanted = selector.partition('!=') if '!=' in selector else selector.partition('=')
    if not negated:
        raise CommandError('expected status selector in type=status or type!=status format, but found: %s' % selector)
    found = next((each for each in (item.get('status') or {}).get('conditions') or [] if each['type'].lower() == name.lower()), None)
    return (bool(found) and found['status'].lower() == wanted.lower()) == (negated == '=')
