"""What is told when a message could not be sent."""
