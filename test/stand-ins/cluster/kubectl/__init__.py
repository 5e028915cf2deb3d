"""The stand-in for kubectl: its commands, outputs, messages and exit codes."""
