# Who may speak with whom. The firewalls of the machines themselves (role kubernetes-prerequisites) stand behind this.

locals {
  api_port = 6443

  # Between control planes only.
  control_plane_ports = {
    etcd                    = { from = 2379, to = 2380 }
    kube-controller-manager = { from = 10257, to = 10257 }
    kube-scheduler          = { from = 10259, to = 10259 }
  }

  # Machines with addresses on the internet ask a load balancer that has such addresses with theirs.
  machines             = concat(aws_instance.control_plane, aws_instance.worker)
  machines_on_internet = var.api_internal ? {} : { for machine in local.machines : machine.tags["Name"] => "${machine.public_ip}/32" }
}

resource "aws_security_group" "api" {
  name        = "${var.cluster_name}-api"
  description = "Load balancer of the API"
  vpc_id      = aws_vpc.cluster.id
}

resource "aws_security_group" "node" {
  name        = "${var.cluster_name}-node"
  description = "All machines of the cluster"
  vpc_id      = aws_vpc.cluster.id
}

resource "aws_security_group" "control_plane" {
  name        = "${var.cluster_name}-control-plane"
  description = "Control planes"
  vpc_id      = aws_vpc.cluster.id
}

resource "aws_security_group" "worker" {
  name        = "${var.cluster_name}-worker"
  description = "Workers"
  vpc_id      = aws_vpc.cluster.id
}

resource "aws_vpc_security_group_ingress_rule" "api_clients" {
  for_each = toset(var.api_cidrs)

  security_group_id = aws_security_group.api.id
  description       = "Clients of the API"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = local.api_port
  to_port           = local.api_port
}

resource "aws_vpc_security_group_ingress_rule" "api_nodes" {
  security_group_id            = aws_security_group.api.id
  description                  = "Machines of the cluster"
  referenced_security_group_id = aws_security_group.node.id
  ip_protocol                  = "tcp"
  from_port                    = local.api_port
  to_port                      = local.api_port
}

resource "aws_vpc_security_group_ingress_rule" "api_machines" {
  for_each = local.machines_on_internet

  security_group_id = aws_security_group.api.id
  description       = each.key
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = local.api_port
  to_port           = local.api_port
}

resource "aws_vpc_security_group_egress_rule" "api" {
  security_group_id            = aws_security_group.api.id
  description                  = "API servers and their health checks"
  referenced_security_group_id = aws_security_group.control_plane.id
  ip_protocol                  = "tcp"
  from_port                    = local.api_port
  to_port                      = local.api_port
}

resource "aws_vpc_security_group_ingress_rule" "control_plane_load_balancer" {
  security_group_id            = aws_security_group.control_plane.id
  description                  = "API and its health checks, from the load balancer"
  referenced_security_group_id = aws_security_group.api.id
  ip_protocol                  = "tcp"
  from_port                    = local.api_port
  to_port                      = local.api_port
}

# Pods reach the API by the service "kubernetes", which leads to the API servers themselves.
resource "aws_vpc_security_group_ingress_rule" "control_plane_nodes" {
  security_group_id            = aws_security_group.control_plane.id
  description                  = "API, from machines of the cluster"
  referenced_security_group_id = aws_security_group.node.id
  ip_protocol                  = "tcp"
  from_port                    = local.api_port
  to_port                      = local.api_port
}

resource "aws_vpc_security_group_ingress_rule" "control_plane_peers" {
  for_each = local.control_plane_ports

  security_group_id            = aws_security_group.control_plane.id
  description                  = each.key
  referenced_security_group_id = aws_security_group.control_plane.id
  ip_protocol                  = "tcp"
  from_port                    = each.value.from
  to_port                      = each.value.to
}

resource "aws_vpc_security_group_ingress_rule" "node_ssh" {
  for_each = toset(var.ssh_cidrs)

  security_group_id = aws_security_group.node.id
  description       = "SSH"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

resource "aws_vpc_security_group_ingress_rule" "node_kubelet" {
  security_group_id            = aws_security_group.node.id
  description                  = "kubelet"
  referenced_security_group_id = aws_security_group.node.id
  ip_protocol                  = "tcp"
  from_port                    = 10250
  to_port                      = 10250
}

resource "aws_vpc_security_group_ingress_rule" "node_flannel" {
  security_group_id            = aws_security_group.node.id
  description                  = "Flannel (VXLAN)"
  referenced_security_group_id = aws_security_group.node.id
  ip_protocol                  = "udp"
  from_port                    = 8472
  to_port                      = 8472
}

resource "aws_vpc_security_group_egress_rule" "node" {
  security_group_id = aws_security_group.node.id
  description       = "Archives of packages and images"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_vpc_security_group_ingress_rule" "worker_node_ports" {
  for_each = toset(var.node_port_cidrs)

  security_group_id = aws_security_group.worker.id
  description       = "Services of type NodePort"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 30000
  to_port           = 32767
}
