"""A Kubernetes cluster that runs no containers: real etcd members, an API server over them, its controllers, nodes, kubectl."""
