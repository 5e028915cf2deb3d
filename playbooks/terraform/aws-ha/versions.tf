terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # The first that gives a network load balancer security groups.
      version = ">= 5.13, < 7.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Cluster = var.cluster_name
    }
  }
}
