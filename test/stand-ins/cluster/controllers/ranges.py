"""Gives each node a part of the network of pods, as `--allocate-node-cidrs` does."""
import ipaddress

from .. import kinds

PREFIX = 24


def assign(cluster):
    if not cluster.pod_network:
        return
    taken = {node['spec'].get('podCIDR') for node in cluster.nodes}
    free = (str(each) for each in ipaddress.ip_network(cluster.pod_network).subnets(new_prefix=PREFIX) if str(each) not in taken)
    for node in cluster.nodes:
        if not node['spec'].get('podCIDR'):
            part = next(free)
            cluster.client.patch(kinds.NODE, None, node['metadata']['name'], {'spec': {'podCIDR': part, 'podCIDRs': [part]}})
