"""Stands in for k3s: server, agent and tools in one program, over a cluster that runs no containers."""
