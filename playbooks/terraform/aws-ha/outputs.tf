output "api_endpoint" {
  description = "Name and port of the API for everyone: control_plane_endpoint of the playbook."
  value       = "${aws_lb.api.dns_name}:${local.api_port}"
}

output "load_balancer_dns_name" {
  description = "Name of the API's load balancer."
  value       = aws_lb.api.dns_name
}

output "api_internal" {
  description = "Whether the API is answered within the cluster's network only."
  value       = var.api_internal
}

output "cluster_name" {
  description = "Name of the cluster."
  value       = var.cluster_name
}

output "control_planes" {
  description = "Control planes: name to private address."
  value       = { for machine in aws_instance.control_plane : machine.tags["Name"] => machine.private_ip }
}

output "workers" {
  description = "Workers: name to private address."
  value       = { for machine in aws_instance.worker : machine.tags["Name"] => machine.private_ip }
}
