"""kubectl config: what a kubeconfig says, and which context is the current one."""
import json
import os

import yaml

from .. import jsonpath, kubeconfig
from ..files import write
from .failure import Failure
from .output import table


def config(args, session):
    held = kubeconfig.load(session.path) if os.path.exists(session.path) else {}
    return {'view': view, 'get-contexts': get_contexts, 'current-context': current_context, 'use-context': use_context,
            'get-clusters': get_clusters, 'get-users': get_users, 'delete-context': delete_context}[args.command](args, session, held)


def view(args, session, held):
    shown = {'apiVersion': 'v1', 'kind': 'Config', 'preferences': {}, 'clusters': None, 'contexts': None, 'users': None, 'current-context': '', **held}
    if args.minify:
        chosen = kubeconfig.select(held, args.context) and next(each for each in held['contexts'] if each['name'] == (args.context or held['current-context']))
        shown.update(contexts=[chosen], clusters=[each for each in held['clusters'] if each['name'] == chosen['context']['cluster']],
                     users=[each for each in held['users'] if each['name'] == chosen['context']['user']])
    if not (args.raw or args.flatten):
        shown = _redacted(shown)
    if args.output and args.output.startswith('jsonpath='):
        print(jsonpath.render(args.output[9:], shown), end='')
    elif args.output == 'json':
        print(json.dumps(shown, indent=4))
    else:
        print(yaml.safe_dump(shown, default_flow_style=False), end='')
    return 0


def _redacted(value, key=''):
    if isinstance(value, dict):
        return {name: _redacted(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_redacted(inner) for inner in value]
    if key == 'certificate-authority-data' or key.startswith('client-') and key.endswith('-data'):
        return 'DATA+OMITTED'
    return 'REDACTED' if key in ('token', 'password') else value


def get_contexts(args, session, held):
    found = [each for each in held.get('contexts') or [] if not args.words or each['name'] in args.words]
    if args.words and not found:
        raise Failure('error: context %s not found' % args.words[0])
    if args.output == 'name':
        print('\n'.join(each['name'] for each in found))
        return 0
    rows = [['*' if each['name'] == held.get('current-context') else '', each['name'], each['context'].get('cluster', ''), each['context'].get('user', ''),
             each['context'].get('namespace', '')] for each in found]
    table(None if args.no_headers else ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'], rows)
    return 0


def current_context(args, session, held):
    if not held.get('current-context'):
        raise Failure('error: current-context is not set')
    print(held['current-context'])
    return 0


def use_context(args, session, held):
    if not args.words or args.words[0] not in [each['name'] for each in held.get('contexts') or []]:
        raise Failure('error: no context exists with the name: "%s"' % (args.words or [''])[0])
    _save(session, {**held, 'current-context': args.words[0]})
    print('Switched to context "%s".' % args.words[0])
    return 0


def delete_context(args, session, held):
    if args.words[0] not in [each['name'] for each in held.get('contexts') or []]:
        raise Failure('error: cannot delete context %s, not in %s' % (args.words[0], session.path))
    _save(session, {**held, 'contexts': [each for each in held['contexts'] if each['name'] != args.words[0]]})
    print('deleted context %s from %s' % (args.words[0], session.path))
    return 0


def get_clusters(args, session, held):
    print('\n'.join(['NAME', *[each['name'] for each in held.get('clusters') or []]]))
    return 0


def get_users(args, session, held):
    print('\n'.join(['NAME', *[each['name'] for each in held.get('users') or []]]))
    return 0


def _save(session, held):
    write(session.path, yaml.safe_dump(held, default_flow_style=False), 0o600)
