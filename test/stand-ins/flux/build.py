"""From a folder with kustomization.yaml to objects: `resources`, files and folders, and `namespace`."""
import glob
import os

import yaml

from .objects import Failed

NAMES = ('kustomization.yaml', 'kustomization.yml', 'Kustomization')
KNOWN = {'apiVersion', 'kind', 'metadata', 'resources', 'namespace'}


def build(folder, is_namespaced):
    """Objects in the order of the list; a folder without kustomization.yaml gives all that lies in and below it."""
    file = _kustomization(folder)
    if not file:
        found = sorted(glob.glob(os.path.join(folder, '**', '*.y*ml'), recursive=True))
        return [item for each in found for item in _documents(each)]
    spec = (_documents(file, strict=False) or [{}])[0]
    unknown = set(spec) - KNOWN
    if unknown:
        raise Failed('BuildFailed', 'kustomize build failed: the stand-in does not know "%s" in %s' % (sorted(unknown)[0], file))
    items = [item for name in spec.get('resources') or [] for item in _resource(folder, name, is_namespaced)]
    for item in items if spec.get('namespace') else []:
        if is_namespaced(item['apiVersion'], item['kind']):
            item['metadata']['namespace'] = spec['namespace']
    return items


def _resource(folder, name, is_namespaced):
    path = os.path.normpath(os.path.join(folder, name))
    if os.path.isdir(path):
        if not _kustomization(path):
            raise Failed('BuildFailed', "kustomize build failed: accumulating resources: accumulation err='accumulating resources from '%s': "
                         "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '%s'" % (name, path))
        return build(path, is_namespaced)
    if not os.path.exists(path):
        raise Failed('BuildFailed', "kustomize build failed: accumulating resources: accumulation err='accumulating resources from '%s': "
                     "open %s: no such file or directory'" % (name, path))
    return _documents(path)


def _kustomization(folder):
    return next((path for path in (os.path.join(folder, name) for name in NAMES) if os.path.exists(path)), None)


def _documents(path, strict=True):
    try:
        with open(path) as file:
            found = [each for each in yaml.safe_load_all(file) if each]
    except yaml.YAMLError as error:
        raise Failed('BuildFailed', 'kustomize build failed: MalformedYAMLError: %s in File: %s' % (' '.join(str(error).split()), path))
    for item in found if strict else []:
        if not isinstance(item, dict) or not item.get('kind') or not (item.get('metadata') or {}).get('name'):
            raise Failed('BuildFailed', 'kustomize build failed: missing metadata.name or kind in %s' % path)
    return found
