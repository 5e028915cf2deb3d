"""The stand-in for kubeadm: its commands and phases, files, messages and exit codes over real etcd members."""
