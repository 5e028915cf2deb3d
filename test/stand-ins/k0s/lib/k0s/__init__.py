"""A stand-in for k0s: controllers with a real etcd and an API server of their own, workers with a node agent, no containers."""
