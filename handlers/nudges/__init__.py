"""The weekly message about one gap."""
