"""The stand-in for the kubelet: static pods as processes, TLS bootstrap, and a node's signs of life."""
