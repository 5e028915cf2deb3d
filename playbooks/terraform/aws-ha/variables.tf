variable "region" {
  description = "Region of AWS."
  type        = string
}

variable "cluster_name" {
  description = "Name of the cluster; names of machines and of the load balancer begin with it."
  type        = string
  default     = "ha"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,26}[a-z0-9]$", var.cluster_name))
    error_message = "The name has 2 to 28 small letters, digits and dashes, and begins with a letter."
  }
}

variable "key_name" {
  description = "Key pair of EC2 that may log in to the machines."
  type        = string
}

variable "ssh_cidrs" {
  description = "Networks from which the machines are logged in to."
  type        = list(string)

  validation {
    condition     = length(var.ssh_cidrs) > 0 && alltrue([for cidr in var.ssh_cidrs : can(cidrhost(cidr, 0)) && !endswith(cidr, "/0")])
    error_message = "SSH needs at least one network, and is not opened to all of them."
  }
}

variable "api_cidrs" {
  description = "Networks of the API's clients, besides the cluster's own machines."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.api_cidrs : can(cidrhost(cidr, 0))])
    error_message = "Each must be a network such as 192.0.2.0/24."
  }
}

variable "api_internal" {
  description = "Whether the API's load balancer has addresses of the cluster's network only, and none on the internet."
  type        = bool
  default     = true
}

variable "node_port_cidrs" {
  description = "Networks of the clients of services of type NodePort."
  type        = list(string)
  default     = []
}

variable "control_plane_count" {
  description = "Control planes, each with a member of etcd: 3 bear the loss of one, 5 of two."
  type        = number
  default     = 3

  validation {
    condition     = contains([3, 5], var.control_plane_count)
    error_message = "There are 3 or 5 control planes: an even number bears no more losses than the odd one below it."
  }
}

variable "control_plane_type" {
  description = "Type of the control planes' machines."
  type        = string
  default     = "t3.large"
}

variable "worker_count" {
  description = "Workers."
  type        = number
  default     = 2

  validation {
    condition     = var.worker_count >= 0 && floor(var.worker_count) == var.worker_count
    error_message = "A number of machines is whole and not negative."
  }
}

variable "worker_type" {
  description = "Type of the workers' machines."
  type        = string
  default     = "t3.large"
}

variable "disk_size" {
  description = "GiB of each machine's disk."
  type        = number
  default     = 50
}

variable "vpc_cidr" {
  description = "The cluster's network. It must not overlap with those of pods and services."
  type        = string
  default     = "10.0.0.0/16"

  validation {
    condition     = can(cidrsubnet(var.vpc_cidr, 4, 15))
    error_message = "It must be a network that has room for 16 subnets, such as 10.0.0.0/16."
  }
}
