"""What moves a cluster from what is to what is wanted: the controller manager and the scheduler."""
