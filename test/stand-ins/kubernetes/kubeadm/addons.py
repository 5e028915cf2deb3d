"""CoreDNS and kube-proxy: workloads that every kubeadm cluster has, and that a drain meets."""

from cluster import kinds


def install(client, version):
    labels = {'k8s-app': 'kube-dns'}
    client.ensure(
        kinds.DEPLOYMENT,
        _workload(
            'Deployment',
            'coredns',
            labels,
            {'replicas': 2},
            'registry.k8s.io/coredns/coredns:v1.11.1',
            {
                'nodeSelector': {'kubernetes.io/os': 'linux'},
                'tolerations': [
                    {'key': 'CriticalAddonsOnly', 'operator': 'Exists'},
                    {'key': 'node-role.kubernetes.io/control-plane', 'effect': 'NoSchedule'},
                ],
            },
        ),
    )
    print('[addons] Applied essential addon: CoreDNS')
    install_proxy(client, version)


def install_proxy(client, version):
    client.ensure(
        kinds.DAEMON_SET,
        _workload(
            'DaemonSet',
            'kube-proxy',
            {'k8s-app': 'kube-proxy'},
            {},
            'registry.k8s.io/kube-proxy:' + version,
            {'hostNetwork': True, 'tolerations': [{'operator': 'Exists'}]},
        ),
    )
    print('[addons] Applied essential addon: kube-proxy')


def _workload(kind, name, labels, spec, image, pod):
    return {
        'apiVersion': 'apps/v1',
        'kind': kind,
        'metadata': {'name': name, 'namespace': 'kube-system', 'labels': labels},
        'spec': {
            **spec,
            'selector': {'matchLabels': labels},
            'template': {'metadata': {'labels': labels}, 'spec': {**pod, 'containers': [{'name': name, 'image': image}]}},
        },
    }
