"""kubeadm upgrade: one minor version at a time, the first control plane with `apply`, the others and workers with `node`."""

import sys

from cluster import kinds, version
from cluster.client import Client
from cluster.controllers.nodes import ready
from cluster.files import read

from . import addons, certificates, cluster_config, constants, hooks, kubeconfigs, kubelet_start, manifests, preflight
from .failure import Fatal
from .wait import until

KUBELET_SKEW = 3  # minor versions that a kubelet may be behind


def client_of(args):
    path = args.kubeconfig or constants.ADMIN
    try:
        return Client.of_file(path)
    except FileNotFoundError:
        raise Fatal(
            'couldn\'t create a Kubernetes client from file "%s": failed to load admin kubeconfig: open %s: no such file or directory'
            % (path, path)
        )


def plan(args):
    client = client_of(args)
    cluster = _require_health(client)
    own, current = 'v' + version.of('kubeadm'), _running(client)
    print('[upgrade/versions] Cluster version: %s\n[upgrade/versions] kubeadm version: %s' % (current.lstrip('v'), own))
    target = 'v' + (args.word[0].lstrip('v') if args.word else version.of('kubeadm'))
    print('[upgrade/versions] Target version: %s' % target)
    if target == current:
        print(
            "[upgrade/versions] Latest version in the v%d.%d series: %s\n\nAwesome, you're up-to-date! Enjoy!"
            % (*version.minor(current), current)
        )
        return
    _require_order(client, current, target, args.force)
    print(
        "\nComponents that must be upgraded manually after you have upgraded the control plane with 'kubeadm upgrade apply':\n"
        'COMPONENT   NODE   CURRENT   TARGET'
    )
    for node in client.list(kinds.NODE):
        print('kubelet     %s   %s   %s' % (node['metadata']['name'], node['status']['nodeInfo']['kubeletVersion'], target))
    print('\nUpgrade to the latest version in the v%d.%d series:\n\nCOMPONENT   NODE   CURRENT   TARGET' % version.minor(target))
    for component in constants.COMPONENTS:
        print('%s   %s   %s   %s' % (component, cluster.node, current, target))
    print('\nYou can now apply the upgrade by executing the following command:\n\n\tkubeadm upgrade apply %s\n' % target)


def apply(args):
    preflight.require_root()
    if not args.word:
        raise Fatal('missing one or more required arguments. Required arguments: [version]')
    print('[preflight] Running pre-flight checks.')
    client, target = client_of(args), 'v' + args.word[0].lstrip('v')
    settings = _require_health(client)
    print('[upgrade/version] You have chosen to change the cluster version to "%s"' % target)
    current = _running(client)
    print('[upgrade/versions] Cluster version: %s\n[upgrade/versions] kubeadm version: v%s' % (current, version.of('kubeadm')))
    _require_order(client, current, target, args.force)
    _confirm(args)
    if args.dry_run:
        print('[dryrun] Finished dryrunning successfully!')
        return
    settings.cluster['kubernetesVersion'] = target
    _step('control-plane', lambda: _replace_components(client, settings, target, args))
    _step(
        'upload-config',
        lambda: (cluster_config.upload(client, settings.cluster), kubelet_start.upload(client, settings.service_address(10))),
    )
    _step('kubelet-config', lambda: kubelet_start.write_files(settings, kubelet_start.download(client)))
    _step('addon', lambda: addons.install(client, target))
    print(
        '\n[upgrade/successful] SUCCESS! Your cluster was upgraded to "%s". Enjoy!\n\n[upgrade/kubelet] Now that your control plane is upgraded, please '
        "proceed with upgrading your kubelets if you haven't already done so." % target
    )


def node(args):
    preflight.require_root()
    print('[upgrade] Reading configuration from the cluster...')
    plane = _has_control_plane()
    client = Client.of_file(constants.ADMIN if plane else constants.KUBELET_CONFIG)
    settings = cluster_config.of_node(client, None)
    settings.control_plane = plane
    target = settings.cluster['kubernetesVersion']
    preflight.check_cluster_version(target)
    if plane:
        print('[upgrade] Upgrading your Static Pod-hosted control plane instance to version "%s"...' % target)
        _step('control-plane', lambda: _replace_components(client, settings, target, args))
    else:
        print('[upgrade] Skipping phase. Not a control plane node.')
    _step('kubelet-config', lambda: kubelet_start.write_files(settings, kubelet_start.download(client)))
    print(
        '[upgrade] The configuration for this node was successfully updated!\n[upgrade] Now you should go ahead and upgrade the kubelet package using your '
        'package manager.'
    )


def _step(name, act):
    hooks.at('before', 'upgrade/' + name)
    act()
    hooks.at('after', 'upgrade/' + name)


def _require_health(client):
    """Settings of this node, where the whole control plane is well."""
    unready = [each['metadata']['name'] for each in client.list(kinds.NODE, labelSelector=constants.CONTROL_PLANE) if ready(each) != 'True']
    if unready:
        raise Fatal(
            '[upgrade/health] FATAL: [preflight] Some fatal errors occurred:\n\t[ERROR ControlPlaneNodesReady]: there are NotReady control-planes in the '
            'cluster: [%s]\n[preflight] If you know what you are doing, you can make a check non-fatal with `--ignore-preflight-errors=...`'
            % ' '.join(unready)
        )
    if not _has_control_plane():
        raise Fatal(
            '[upgrade/health] FATAL: [preflight] Some fatal errors occurred:\n\t[ERROR StaticPodManifest]: the control plane is not on this host'
        )
    print('[upgrade/config] Reading configuration from the cluster...')
    settings = cluster_config.of_node(client, None)
    settings.control_plane = True
    return settings


def _require_order(client, current, target, force):
    now, new, own = (version.minor(each) for each in (current, target, version.of('kubeadm')))
    mandatory, skippable = [], []
    if new[1] > now[1] + 1:
        mandatory.append('Specified version to upgrade to "%s" is too high; kubeadm can upgrade only 1 minor version at a time' % target)
    if new[1] < now[1] - 1:
        mandatory.append('Specified version to downgrade to "%s" is too low; kubeadm can downgrade only 1 minor version at a time' % target)
    if new > own:
        mandatory.append(
            'Specified version to upgrade to "%s" is at least one minor release higher than the kubeadm minor release (%d > %d). Such an upgrade '
            'is not supported' % (target, new[1], own[1])
        )
    elif _full(target) > _full(version.of('kubeadm')):
        skippable.append(
            'Specified version to upgrade to "%s" is higher than the kubeadm version "v%s". Upgrade kubeadm first using the tool you used to '
            'install kubeadm' % (target, version.of('kubeadm'))
        )
    if own > new:
        skippable.append('Kubeadm version v%s can only be used to upgrade to Kubernetes version %d.%d' % (version.of('kubeadm'), *own))
    old = sorted(
        {
            each['status']['nodeInfo']['kubeletVersion']
            for each in client.list(kinds.NODE)
            if version.minor(each['status']['nodeInfo']['kubeletVersion'])[1] < new[1] - KUBELET_SKEW
        }
    )
    if old:
        skippable.append('There are kubelets in this cluster that are too old that have these versions [%s]' % ' '.join(old))
    problems = mandatory or (skippable if not force else [])
    if problems:
        kind = (
            'the --version argument is invalid due to these fatal errors'
            if mandatory
            else 'the --version argument is invalid due to these errors'
        )
        end = (
            'Please fix the misalignments highlighted above and try upgrading again'
            if mandatory
            else 'Can be bypassed if you pass the --force flag'
        )
        raise Fatal('[upgrade/version] FATAL: %s:\n\n\t- %s\n\n%s' % (kind, '\n\t- '.join(problems), end))


def _full(text):
    return tuple(int(part) for part in text.lstrip('v').split('.'))


def _confirm(args):
    if args.yes or args.force or args.dry_run:
        return
    print('[upgrade] Are you sure you want to proceed? [y/N]: ', end='', flush=True)
    if sys.stdin.readline().strip().lower() not in ('y', 'yes'):
        raise Fatal("won't proceed; the user didn't answer (Y|y) in order to continue")


def _replace_components(client, settings, target, args):
    if args.certificate_renewal is not False:
        certificates.make_own(settings, renew=True)
        kubeconfigs.write(settings, ('admin', 'controller-manager', 'scheduler'), renew=True)
    for component in constants.COMPONENTS:
        print('[upgrade/staticpods] Preparing for "%s" upgrade' % component)
        manifests.write_component(component, settings)
        print(
            '[upgrade/staticpods] Moved new manifest to "%s/%s.yaml"\n[upgrade/staticpods] Waiting for the kubelet to restart the component'
            % (constants.MANIFESTS, component)
        )
        if component == 'kube-apiserver':
            _await_version('https://%s:6443' % settings.address, target)
        print('[upgrade/staticpods] Component "%s" upgraded successfully!' % component)
    until(lambda: client.call('GET', '/healthz'), constants.API_CALL, 'timed out waiting for the condition')


def _await_version(server, target):
    local = Client.of_file(constants.ADMIN)
    local.server = server
    until(lambda: _running(local) == target, constants.CONTROL_PLANE_UP, 'timed out waiting for the condition')


def _running(client):
    return client.call('GET', '/version')['gitVersion']


def _has_control_plane():
    try:
        return bool(read(constants.MANIFESTS + '/kube-apiserver.yaml'))
    except FileNotFoundError:
        return False
