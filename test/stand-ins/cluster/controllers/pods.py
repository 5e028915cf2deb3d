"""Pods as controllers make them."""
import os


def of_template(owner, template, name, node=None):
    metadata, spec = dict(template.get('metadata') or {}), dict(template['spec'])
    if node:
        spec['nodeName'] = node
    return {'apiVersion': 'v1', 'kind': 'Pod', 'spec': spec, 'metadata': {
        **metadata, 'name': name, 'namespace': owner['metadata']['namespace'], 'ownerReferences': [reference(owner)]}}


def reference(owner):
    return {'apiVersion': owner['apiVersion'], 'kind': owner['kind'], 'name': owner['metadata']['name'], 'uid': owner['metadata']['uid'],
            'controller': True, 'blockOwnerDeletion': True}


def owned(items, owner):
    uid = owner['metadata']['uid']
    return [item for item in items if any(each['uid'] == uid for each in item['metadata'].get('ownerReferences') or [])]


def suffix():
    return os.urandom(3).hex()[:5]


def is_ready(pod):
    return any(each['type'] == 'Ready' and each['status'] == 'True' for each in (pod.get('status') or {}).get('conditions') or [])


def tolerates(pod, taint):
    for each in pod['spec'].get('tolerations') or []:
        same = not each.get('key') and each.get('operator') == 'Exists' or each.get('key') == taint['key']
        value = each.get('operator') == 'Exists' or (each.get('value') or '') == (taint.get('value') or '')
        if same and value and each.get('effect') in (None, '', taint['effect']):
            return True
    return False
