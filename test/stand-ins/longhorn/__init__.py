"""Stand-in for longhorn-manager: which nodes and disks Longhorn has, and how they are. No volume is ever made."""
