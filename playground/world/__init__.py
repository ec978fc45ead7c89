"""What the pretend workspace holds."""
