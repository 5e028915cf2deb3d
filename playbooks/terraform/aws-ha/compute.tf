data "aws_ami" "debian" {
  # Debian's own account.
  owners      = ["136693071363"]
  most_recent = true

  filter {
    name   = "name"
    values = ["debian-12-amd64-*"]
  }
}

resource "aws_instance" "control_plane" {
  count = var.control_plane_count

  ami                    = data.aws_ami.debian.id
  instance_type          = var.control_plane_type
  key_name               = var.key_name
  subnet_id              = aws_subnet.cluster[count.index % length(local.zones)].id
  vpc_security_group_ids = [aws_security_group.node.id, aws_security_group.control_plane.id]

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = var.disk_size
    encrypted   = true
  }

  tags = {
    Name = "${var.cluster_name}-control-plane-${count.index + 1}"
    Role = "control-plane"
  }

  lifecycle {
    # A newer image must not replace members of etcd.
    ignore_changes = [ami]
  }
}

resource "aws_instance" "worker" {
  count = var.worker_count

  ami                    = data.aws_ami.debian.id
  instance_type          = var.worker_type
  key_name               = var.key_name
  subnet_id              = aws_subnet.cluster[count.index % length(local.zones)].id
  vpc_security_group_ids = [aws_security_group.node.id, aws_security_group.worker.id]

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = var.disk_size
    encrypted   = true
  }

  tags = {
    Name = "${var.cluster_name}-worker-${count.index + 1}"
    Role = "worker"
  }

  lifecycle {
    ignore_changes = [ami]
  }
}
