data "aws_availability_zones" "available" {
  state = "available"
}

locals {
  # A member of etcd in each of three zones, so that the loss of a zone leaves a quorum.
  zones = slice(data.aws_availability_zones.available.names, 0, min(3, length(data.aws_availability_zones.available.names)))
}

resource "aws_vpc" "cluster" {
  cidr_block           = var.vpc_cidr
  enable_dns_hostnames = true

  tags = {
    Name = var.cluster_name
  }
}

resource "aws_internet_gateway" "cluster" {
  vpc_id = aws_vpc.cluster.id

  tags = {
    Name = var.cluster_name
  }
}

resource "aws_subnet" "cluster" {
  count = length(local.zones)

  vpc_id                  = aws_vpc.cluster.id
  availability_zone       = local.zones[count.index]
  cidr_block              = cidrsubnet(var.vpc_cidr, 4, count.index)
  map_public_ip_on_launch = true

  tags = {
    Name = "${var.cluster_name}-${local.zones[count.index]}"
  }
}

resource "aws_route_table" "cluster" {
  vpc_id = aws_vpc.cluster.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.cluster.id
  }

  tags = {
    Name = var.cluster_name
  }
}

resource "aws_route_table_association" "cluster" {
  count = length(local.zones)

  subnet_id      = aws_subnet.cluster[count.index].id
  route_table_id = aws_route_table.cluster.id
}
