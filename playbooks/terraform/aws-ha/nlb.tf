resource "aws_lb" "api" {
  name               = "${var.cluster_name}-api"
  load_balancer_type = "network"
  internal           = var.api_internal
  subnets            = aws_subnet.cluster[*].id
  security_groups    = [aws_security_group.api.id]

  # A zone whose control plane is lost is served by those of the others.
  enable_cross_zone_load_balancing = true

  # One on the internet can be made only when there is a way to it.
  depends_on = [aws_internet_gateway.cluster]
}

resource "aws_lb_target_group" "api" {
  name     = "${var.cluster_name}-api"
  port     = local.api_port
  protocol = "TCP"
  vpc_id   = aws_vpc.cluster.id

  # With it, a control plane could not reach itself through the load balancer, as kubeadm and the kubelet do.
  preserve_client_ip   = false
  deregistration_delay = 30

  health_check {
    protocol            = "HTTPS"
    port                = local.api_port
    path                = "/readyz"
    matcher             = "200"
    interval            = 10
    timeout             = 6
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }
}

resource "aws_lb_target_group_attachment" "api" {
  count = var.control_plane_count

  target_group_arn = aws_lb_target_group.api.arn
  target_id        = aws_instance.control_plane[count.index].id
  port             = local.api_port
}

resource "aws_lb_listener" "api" {
  load_balancer_arn = aws_lb.api.arn
  port              = local.api_port
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}
