"""The API server: what stands between clients and etcd."""
